import { test } from '@japa/runner'
import { because } from '#models/reasons'
import { compile } from '#delivery/expressions/compile'
import { Decimal } from '#foundation/text/decimal'
import { compileFilter } from '#delivery/expressions/filter'
import { language } from '#delivery/expressions/language'
import { compileTemplate } from '#delivery/expressions/template'
import { seededRandom } from '#tests/support/random'

/** An event whose texts are as long, and as bad to search in, as any that is stored. */
const data = {
  symbol: 'a'.repeat(128),
  name: 'İ'.repeat(128),
  pic_url: `https://a.example/${'a'.repeat(2030)}`,
  quote_amount: String(2n ** 256n - 1n),
  price: '0.000000012',
  block_number: 70_000_000,
  fee: null,
}
const event = { id: 'evt_1', event_type: 'trade.executed', source: 'four', data }
const whole = { ...event, data, version: '1.0', timestamp: 1_780_000_000, metadata: {} }

const TOO_MUCH = because(
  'filter_failed',
  'it takes too much work for this event: compare shorter texts, or fewer of them'
)
const TOO_LONG = because('filter_failed', 'a number has more than 400 digits')

const joined = (count: number, part: string, sign: string) => Array(count).fill(part).join(sign)

/** What searching and changing case comes to while something runs: letters compared, at the worst. */
function lettersIn(run: () => void): number {
  const own = ['includes', 'indexOf', 'lastIndexOf', 'toLowerCase', 'toUpperCase'] as const
  const texts = String.prototype as unknown as Record<string, (...args: unknown[]) => unknown>
  const originals = own.map((name) => texts[name]!)
  let letters = 0
  own.forEach((name, index) => {
    texts[name] = function (this: string, ...args: unknown[]) {
      letters += this.length * (typeof args[0] === 'string' ? args[0].length : 1)
      return originals[index]!.apply(this, args)
    }
  })
  try {
    run()
  } finally {
    own.forEach((name, index) => (texts[name] = originals[index]!))
  }
  return letters
}

test.group('What expressions may do', () => {
  const hostile = {
    'long texts searched in longer ones': `(${joined(64, 'data.symbol', '+')}).lastIndexOf(${joined(32, 'data.symbol', '+')}+"b")>0`,
    'a text that is made long and searched': `(${joined(60, 'data.pic_url', '+')}).contains(${joined(24, 'data.pic_url', '+')}+"b")`,
    'case changed again and again': `data.pic_url${'.upperAscii().lowerAscii()'.repeat(14)}==""`,
    'many searches': joined(40, 'data.pic_url.lastIndexOf("aaaaaaaaaab")>0', '||'),
    'long lists compared': `[${joined(90, 'data', ',')}]==[${joined(90, 'data', ',')}]`,
    'failures that an "or" forgets': joined(60, 'units("x")>1', '||'),
  }
  for (const [what, text] of Object.entries(hostile)) {
    test(`is bounded: ${what}`, ({ assert }) => {
      const filter = compileFilter(text)

      const letters = lettersIn(() => assert.deepEqual(filter(event), TOO_MUCH))
      assert.isBelow(letters, 1_000_000)
    })
  }

  test('is bounded also where the rest of the expression would do without it', ({ assert }) => {
    const filter = compileFilter(`(${hostile['many searches']}) || true`)
    assert.deepEqual(filter(event), TOO_MUCH)
  })

  test('is as much for the next event', ({ assert }) => {
    const filter = compileFilter('data.pic_url.contains("nowhere") || data.symbol == "b"')
    for (let count = 0; count < 100; count++) {
      assert.deepEqual(filter(event), because('filtered'))
    }
  })

  test('leaves exact decimals as many digits as amounts can have, and no more', ({ assert }) => {
    const tooLong = [
      `string(${joined(80, 'decimal("9e-999")', '*')}) != ""`,
      `string(${joined(80, 'decimal("9e-99")', '*')}) != ""`,
      `${joined(8, 'units(data.quote_amount)', '*')} > 1`,
      'decimal("1e+999") > 1',
      'decimal("1e+399") + decimal("1e-399") > 1',
    ]
    for (const text of tooLong) {
      assert.deepEqual(compileFilter(text)(event), TOO_LONG, text)
    }
    assert.isNull(compileFilter(`${joined(4, 'units(data.quote_amount)', '*')} > 1e230`)(event))
    for (const double of [Number.MAX_VALUE, Number.MIN_VALUE, -Number.MAX_VALUE]) {
      assert.equal(Number(String(Decimal.of(double))), double)
    }
  })

  test('does not let the words of a failure grow', ({ assert }) => {
    const { detail } = compileFilter(`data[${joined(5, 'data.pic_url', '+')}] == 1`)(event)!
    assert.match(detail!, /^No such key: https/)
    assert.isAtMost(detail!.length, 400)
  })

  test('is bounded in templates, too', ({ assert }) => {
    const templates = [
      `[${joined(100, 'data', ',')}]`,
      joined(60, 'data.pic_url', '+'),
      `{"text": data.name${'.lowerAscii().upperAscii()'.repeat(14)}, "rest": [${joined(40, 'data.pic_url.trim()', ',')}]}`,
    ]
    for (const text of templates) {
      assert.throws(() => compileTemplate(text)(whole as never), /it takes too much work/)
    }
    assert.doesNotThrow(() =>
      compileTemplate(`[${joined(10, 'data', ',')}, ${joined(30, 'data.symbol', '+')}]`)(
        whole as never
      )
    )
  })

  test('is counted for every operation that takes longer with a longer text', ({ assert }) => {
    const cel = language()
    const operations = [
      ...['contains("b")', 'startsWith("b")', 'endsWith("b")', 'indexOf("b")', 'lastIndexOf("b")'],
      ...['substring(0)', 'lowerAscii()', 'upperAscii()', 'trim()', 'size()'],
    ].map((call) => `data.symbol.${call}`)
    const others = ['string(data.symbol)', 'data.symbol + "b"', 'data.symbol < "b"']
    for (const text of [...operations, ...others, 'data.symbol == "b"', '"b" in [data.symbol]']) {
      const { evaluate, meter } = compile(text, cel)
      const stepsWith = (symbol: string) => {
        evaluate({ ...event, data: { symbol } })
        return meter.used
      }
      assert.isAtLeast(stepsWith('a'.repeat(1100)) - stepsWith('a'.repeat(100)), 1000, text)
    }
  })

  test('stays within its steps in a thousand expressions drawn at random', ({ assert }) => {
    const random = seededRandom(8)
    const pick = <T>(...choices: T[]) => random.pick(choices)
    const text = (depth: number): string =>
      depth === 0
        ? pick('data.symbol', 'data.name', 'data.pic_url', 'data.quote_amount', '"aaaaaab"', 'id')
        : pick(
            () => `(${text(depth - 1)}+${text(depth - 1)})`,
            () => `(${text(depth - 1)}+${text(depth - 1)})`,
            () => `${text(depth - 1)}.${pick('lowerAscii', 'upperAscii', 'trim')}()`,
            () => `${text(depth - 1)}.substring(${pick(0, 1, 5)})`,
            () => `string(${number(depth - 1)})`,
            () => `(${truth(depth - 1)}?${text(depth - 1)}:${text(0)})`
          )()
    const number = (depth: number): string =>
      depth === 0
        ? pick('units(data.quote_amount)', 'decimal("9e-99")', 'decimal("9e+99")', 'decimal(id)')
        : `(${number(depth - 1)}${pick('+', '-', '*')}${number(depth - 1)})`
    const truth = (depth: number): string =>
      depth === 0
        ? pick('true', 'data.fee==1', 'data.symbol==id')
        : pick(
            () => `${text(depth - 1)}.${pick('contains', 'startsWith')}(${text(depth - 1)})`,
            () => `${text(depth - 1)}.${pick('indexOf', 'lastIndexOf')}(${text(depth - 1)})>0`,
            () => `(${truth(depth - 1)}${pick('&&', '||')}${truth(depth - 1)})`,
            () => `${number(depth - 1)}${pick('<', '==')}${number(depth - 1)}`,
            () => `${text(depth - 1)} in [${text(depth - 1)},${text(depth - 1)}]`,
            () => `[data,${text(depth - 1)}]==[data,${text(depth - 1)}]`
          )()

    let tried = 0
    while (tried < 1000) {
      const expression = truth(pick(2, 3, 4, 5, 6))
      const isSmall = expression.length <= 2000
      const filter = isSmall && compiled(expression)
      if (filter) {
        tried++
        assert.isBelow(
          lettersIn(() => void filter(event)),
          1_000_000,
          expression
        )
      }
    }
  })
})

/** Undefined when the expression has more parts than are allowed. */
function compiled(text: string) {
  try {
    return compileFilter(text)
  } catch (error) {
    if (String(error).includes('Exceeded max')) {
      return undefined
    }
    throw error
  }
}
