import { test } from '@japa/runner'
import { because } from '#models/reasons'
import { Decimal } from '#foundation/text/decimal'
import { checkFilter, checkTemplate } from '#delivery/expressions/checked'
import { compileFilter } from '#delivery/expressions/filter'
import { compileTemplate } from '#delivery/expressions/template'

const UINT256_MAX = String(2n ** 256n - 1n)

const trade = {
  id: 'evt_1',
  event_type: 'trade.executed',
  source: 'four',
  version: '1.0',
  timestamp: 1_780_000_000,
  data: {
    side: 'buy',
    token_address: '0xabc',
    quote_amount: '9300000000000000001',
    price: '0.000000012',
    block_number: 50,
    fee: null,
  },
  metadata: { attempt: 1 },
}

const judge = (filter: string, data: object = {}) =>
  compileFilter(filter)({ ...trade, data: { ...trade.data, ...data } })

const LEFT_OUT = because('filtered')

const fill = (template: string) => JSON.parse(compileTemplate(template)(trade as never))

test.group('Filters', () => {
  test('choose by source and by an amount in whole coins', ({ assert }) => {
    assert.isNull(judge('source == "four" && units(data.quote_amount) > 1.0'))
    assert.deepEqual(judge('source == "flap" && units(data.quote_amount) > 1.0'), LEFT_OUT)
    assert.deepEqual(judge('units(data.quote_amount) > 10'), LEFT_OUT)
    assert.isNull(judge('units(data.quote_amount, 6) > 9300000000000'))
  })

  test('tell a BNB from a USDT, and take no unknown asset for either', ({ assert }) => {
    const filter = 'data.quote_symbol == "BNB" && units(data.quote_amount) > 1.0'
    const usdt = '0x55d398326f99059ff775485246999027b3197955'
    assert.isNull(judge(filter, { quote_address: `0x${'0'.repeat(40)}` }))
    assert.deepEqual(judge(filter, { quote_address: usdt }), LEFT_OUT)
    assert.deepEqual(judge(filter, { quote_address: `0x${'1'.repeat(40)}` }), LEFT_OUT)
    assert.deepEqual(judge(filter, { quote_address: null }), LEFT_OUT)
    assert.isNull(
      judge('units(data.quote_amount, data.quote_decimals) > 9.3', { quote_address: usdt })
    )
  })

  test('are exact to the last wei, however large the amount', ({ assert }) => {
    assert.isNull(judge('units(data.quote_amount) > 9.3'))
    assert.deepEqual(
      judge('units(data.quote_amount) > 9.3', { quote_amount: '9300000000000000000' }),
      LEFT_OUT
    )
    assert.isNull(judge('units(data.quote_amount) == 9.3', { quote_amount: '9300000000000000000' }))
    assert.isNull(judge(`data.quote_amount == "${UINT256_MAX}"`, { quote_amount: UINT256_MAX }))
    assert.isNull(
      judge(`decimal(data.quote_amount) > decimal("${2n ** 256n - 2n}")`, {
        quote_amount: UINT256_MAX,
      })
    )
    assert.isNull(judge('decimal(data.price) * 1000000 < 0.0121 && data.block_number % 2 == 0'))
  })

  test('leave out what they cannot judge, and say why', ({ assert }) => {
    assert.deepEqual(
      judge('data.progress > 0.5'),
      because('filter_failed', 'No such key: progress')
    )
    assert.equal(judge('units(data.side) > 1')!.detail, '"buy" is not a decimal number')
    assert.match(judge('units(data.fee) > 1')!.detail!, /no matching overload for 'units\(null\)'/)
    assert.isNull(judge('has(data.progress) || event_type == "trade.executed"'))
  })

  test('are refused with the place of the mistake', ({ assert }) => {
    const refusals = {
      'source = "four"': 'Unexpected character: = (line 1, column 8)',
      'source == "four" &&\n  sourc == ""': 'Unknown variable: sourc (line 2, column 3)',
      'source == 4': 'no such overload: string == int (line 1, column 1)',
      'data.quote_amout == ""':
        'No event has data.quote_amout: did you mean quote_amount? (line 1, column 6)',
    }
    for (const [text, message] of Object.entries(refusals)) {
      assert.throws(() => checkFilter(text), message)
    }
    assert.throws(() => checkFilter('data.side'), /should be true or false/)
    assert.throws(() => checkFilter('units("1")'), /this has the type Decimal/)
  })

  test('cannot be written so that they hold up the sender', ({ assert }) => {
    const hostile = [
      'data.side.matches("(a+)+$")',
      '[1,2].map(x, [1,2].map(y, x)).size() > 0',
      'cel.bind(a, data.side + data.side, a == "")',
      'data.side.split("").join("aaaaaaaa") == ""',
      '('.repeat(900) + 'true' + ')'.repeat(900),
      Array(301).fill('true').join('||'),
      `"${'a'.repeat(3000)}" == ""`,
    ]
    for (const text of hostile) {
      assert.throws(() => checkFilter(text), /not available|Exceeded max|2000 are allowed/)
    }
  })
})

test.group('Templates', () => {
  test('make the payload of an event', ({ assert }) => {
    assert.deepEqual(
      fill(
        '{"text": data.side + " for " + string(units(data.quote_amount)), "block": data.block_number, "try": metadata.attempt, "fee": data.fee}'
      ),
      { text: 'buy for 9.300000000000000001', block: 50, try: 1, fee: null }
    )
    assert.deepEqual(fill('[id, data]'), ['evt_1', trade.data])
    assert.equal(fill('data.side'), 'buy')
    assert.deepEqual(fill('{"coins": units(data.quote_amount), "u": 7u}'), {
      coins: '9.300000000000000001',
      u: 7,
    })
  })

  test('say what an event lacks', ({ assert }) => {
    assert.throws(() => fill('{"x": data.progress}'), 'No such key: progress')
  })

  test('are refused when they make no payload', ({ assert }) => {
    assert.throws(() => checkTemplate('1 + 1'), /should make a map, a list or a text, not int/)
  })
})

test.group('Exact decimals', () => {
  test('are read and written as people write numbers', ({ assert }) => {
    for (const text of ['0', '-0.5', '1', '1000000', UINT256_MAX, '0.000000000000000001']) {
      assert.equal(String(Decimal.parse(text)), text)
    }
    assert.equal(String(Decimal.of(1e21)), '1000000000000000000000')
    assert.equal(String(Decimal.of(5e-7)), '0.0000005')
    assert.equal(String(Decimal.parse('100').minus(Decimal.parse('0.10'))), '99.9')
  })

  test('are nothing but decimals', ({ assert }) => {
    for (const text of ['', '0x10', '1e', 'NaN', '1,5', ' 1', '9'.repeat(500)]) {
      assert.throws(() => Decimal.parse(text), /is not a decimal number/)
    }
  })
})
