import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import { differences } from '#verification/evidence/differences'
import { itemsOf, type ToldItems } from '#verification/evidence/items'
import { liqpassRoot, rootOf } from '#verification/evidence/liqpass'
import { hashLeaf, merkleRoot } from '#verification/evidence/merkle'
import { evidenceHash, itemsHash, newSalts } from '#verification/evidence/roots'

/** A real full liquidation, as `trade/order`, `trade/fills-history` and `account/bills` told it. */
export const LIQUIDATION: ToldItems = {
  order: {
    ordId: '2940071038556348417',
    clOrdId: '',
    instId: 'BTC-USDT-SWAP',
    instType: 'SWAP',
    side: 'sell',
    posSide: 'long',
    tdMode: 'isolated',
    ordType: 'limit',
    px: '116495.1',
    sz: '0.64',
    accFillSz: '0.64',
    avgPx: '116495.1',
    fee: '-0.37422752',
    feeCcy: 'USDT',
    pnl: '-7.15264',
    state: 'filled',
    category: 'full_liquidation',
    cTime: '1760123344933',
  },
  executions: [
    {
      tradeId: '-2940071038530957314',
      fillSz: '0.64',
      fillPx: '116495.1',
      ctVal: '0.01',
      fee: '-0.37422752',
      feeCcy: 'USDT',
      fillPnl: '-7.15264',
      execType: '',
      fillTime: '1760123344933',
    },
  ],
  bills: [
    {
      billId: '2940071038556348418',
      ccy: 'USDT',
      type: '5',
      subType: '104',
      balChg: '7.54980',
      bal: '10.5',
    },
  ],
  instrument: {
    instId: 'BTC-USDT-SWAP',
    instType: 'SWAP',
    ctType: 'linear',
    ctVal: '0.01',
    ctMult: '1',
    ctValCcy: 'BTC',
    settleCcy: 'USDT',
    baseCcy: null,
    quoteCcy: null,
  },
}

test.group('Evidence', () => {
  test('a root of three leaves lets the last one go up unchanged', ({ assert }) => {
    const sha256 = (...parts: Uint8Array[]) =>
      createHash('sha256').update(Buffer.concat(parts)).digest()
    const salt = Buffer.alloc(16, 7)
    const [a, b, c] = ['a', 'b', 'c'].map((text) =>
      sha256(Buffer.of(0), salt, Buffer.from(text))
    ) as [Buffer, Buffer, Buffer]

    assert.deepEqual(hashLeaf(salt, 'a'), a)
    const left = sha256(Buffer.of(1), a, b)
    assert.equal(merkleRoot([a, b, c]), sha256(Buffer.of(1), left, c).toString('hex'))
  })

  test('the root changes with every item, raw body and salt, and not with the order of bodies', ({
    assert,
  }) => {
    const items = itemsOf(LIQUIDATION)
    const raw = { 'trade/order': '{"code":"0"}', 'account/bills': '{}' }
    const salts = newSalts(raw)
    const root = evidenceHash(items, raw, salts)
    const reversed = { 'account/bills': '{}', 'trade/order': '{"code":"0"}' }

    assert.match(root, /^[0-9a-f]{64}$/)
    assert.equal(evidenceHash(items, reversed, salts), root)
    assert.notEqual(evidenceHash(items, { ...raw, 'account/bills': '{ }' }, salts), root)
    assert.notEqual(evidenceHash(items, raw, newSalts(raw)), root)
    const other = itemsOf({ ...LIQUIDATION, bills: [] })
    assert.notEqual(evidenceHash(other, raw, salts), root)
  })

  test('items keep "0", leave out what is empty, and write amounts without trailing zeros', ({
    assert,
  }) => {
    const { order, executions, account } = itemsOf({
      ...LIQUIDATION,
      order: { ...LIQUIDATION.order, pnl: '0', fee: '-0.500' },
    })

    assert.include(order, { pnl: '0', fee: '-0.5', fillTime: '1760123344933' })
    assert.notProperty(order, 'clOrdId')
    assert.notProperty(executions[0], 'tradeId')
    assert.include(executions[0], { notional: '745.56864', liquidation: 'full_liquidation' })
    assert.include(account.bills[0], { balChg: '7.5498', balBefore: '2.9502', balAfter: '10.5' })
    assert.deepEqual(account.ccy, ['USDT'])
  })

  test('one order told by two endpoints has one hash, and a fill more has another', ({
    assert,
  }) => {
    const items = itemsOf(LIQUIDATION)
    const told = itemsOf({
      ...LIQUIDATION,
      order: { ...LIQUIDATION.order, px: '116495.10', clOrdId: null },
      executions: LIQUIDATION.executions.map((fill) => ({ ...fill, tradeId: '0' })),
    })
    const more = itemsOf({
      ...LIQUIDATION,
      executions: [...LIQUIDATION.executions, { tradeId: '9', fillSz: '1', fillTime: '1' }],
    })

    assert.equal(itemsHash(told), itemsHash(items))
    assert.deepEqual(differences(told, items), [])
    assert.notEqual(itemsHash(more), itemsHash(items))
    assert.deepInclude(differences(more, items)[0], { field: 'executions.0.ctVal', found: null })
  })

  test('an order whose sum the push has rounded has the hash of the answer that has not', ({
    assert,
  }) => {
    const bought = (accFillSz: string) =>
      itemsOf({
        ...LIQUIDATION,
        order: { ...LIQUIDATION.order, instType: 'SPOT', accFillSz },
        executions: [
          { tradeId: '1', fillSz: '1.8', fillTime: '1' },
          { tradeId: '2', fillSz: '0.044337', fillTime: '2' },
        ],
      })
    const items = bought('1.844337')

    assert.equal(items.order.accFillSz, '1.844337')
    assert.deepEqual(differences(bought('1.84'), items), [])
    assert.deepEqual(
      differences(bought('1.99'), items).map(({ field }) => field),
      ['order.accFillSz']
    )
  })

  test('executions stand in the order of their time, then of their trade', ({ assert }) => {
    const fills = [
      { tradeId: '10', fillTime: '1700000000002', fillSz: '1' },
      { tradeId: '9', fillTime: '1700000000002', fillSz: '1' },
      { tradeId: '99', fillTime: '1700000000001', fillSz: '1' },
    ]
    const { executions } = itemsOf({ ...LIQUIDATION, executions: fills })

    assert.deepEqual(
      executions.map(({ tradeId }) => tradeId),
      ['99', '9', '10']
    )
  })

  test('what two paths tell differently is named', ({ assert }) => {
    const found = itemsOf(LIQUIDATION)
    const expected = itemsOf({ ...LIQUIDATION, order: { ...LIQUIDATION.order, fee: '-0.3' } })

    assert.deepEqual(differences(found, expected), [
      { field: 'order.fee', found: '-0.37422752', expected: '-0.3' },
    ])
  })

  test('the LiqPass root is the one that its published files have', ({ assert }) => {
    const first =
      '{"avg_px":"116495.1","exchange":"okx","filled_sz":"0.64","order_id":"2940071038556348417","side":"sell","symbol":"BTC-USDT-SWAP","timestamp_sec":"1760123344"}'
    const { order, executions } = itemsOf(LIQUIDATION)

    assert.equal(
      rootOf(first).evidence_root,
      '0x0db61a7ceb6562640973b4d6339ee5f89d65dc6f6798b859e973e4c060e08952'
    )
    assert.equal(liqpassRoot(order, []).canonical_json, first)
    assert.equal(
      liqpassRoot(order, executions).evidence_root,
      '0xe34934b1a170d76760933f4860cee1a01f55c9b0541e1acb20afdabb95673db5'
    )
  })
})
