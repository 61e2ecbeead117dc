import { test } from '@japa/runner'
import { textOf } from '#demo/okx/ledger/decimal'
import type { VenueAccount } from '#demo/okx/venue_account'
import { openVenue } from '#tests/support/local_okx'

const SWAP = { instId: 'BTC-USDT-SWAP', tdMode: 'isolated', lever: '100', posSide: 'long' } as const

/** What each bill says, in the order in which they came about. */
function told({ ledger }: VenueAccount, from = 1) {
  return ledger.bills
    .slice(from)
    .map(({ type, subType, balChg, bal }) => [type, subType, textOf(balChg), textOf(bal)].join(' '))
}

test.group('The ledger of the local venue', () => {
  /**
   * Four consecutive bills that OKX wrote in October 2025, published in
   * wjz5788/leverageguard-attestor@8ac24ebb, data/evidence (MIT).
   */
  test('makes the bills that OKX made of the same open, close, open and liquidation', ({
    assert,
  }) => {
    const { venue, account } = openVenue({ posMode: 'long_short_mode' })
    account.transfer('USDT', '-9982.162761424177')

    venue.setPrice('BTC-USDT-SWAP', '121300')
    const maker = account.place({ ...SWAP, side: 'buy', sz: '0.78', px: '121192' })
    venue.setPrice('BTC-USDT-SWAP', '121192')
    venue.setPrice('BTC-USDT-SWAP', '121232.3')
    account.place({ ...SWAP, side: 'sell', sz: '0.78' })
    venue.setPrice('BTC-USDT-SWAP', '117612.7')
    account.place({ ...SWAP, side: 'buy', sz: '0.64' })
    // The price of the market then follows from the fee, and that of the fill from both.
    venue.setPrice('BTC-USDT-SWAP', '116946.1')
    account.liquidate('BTC-USDT-SWAP')

    assert.equal(maker.state, 'filled')
    assert.equal(textOf(account.ledger.fills.at(-1)!.px), '116495.1')
    assert.deepEqual(told(account, 2), [
      '2 3 -9.64203552 8.195203055823',
      '2 5 9.29451003 17.489713085823',
      '2 3 -7.90357344 9.586139645823',
      '5 104 0.00034528 9.586484925823',
    ])
  })

  test('pays a spot trade with two bills, and the fee in what was bought', ({ assert }) => {
    const { account } = openVenue()

    account.place({ instId: 'OKB-USDT', side: 'buy', sz: '54' })
    account.place({ instId: 'OKB-USDT', side: 'sell', sz: '0.5' })

    assert.deepEqual(told(account), [
      '2 1 -54 9946',
      '2 1 0.999 0.999',
      '2 2 -0.5 0.499',
      '2 2 26.973 9972.973',
    ])
  })

  test('pays profit of an inverse contract in its base', ({ assert }) => {
    const { venue, account } = openVenue()
    account.transfer('BTC', '1')
    const inverse = { instId: 'BTC-USD-SWAP', tdMode: 'cross' } as const
    venue.setPrice('BTC-USD-SWAP', '100000')
    account.place({ ...inverse, side: 'buy', sz: '100' })
    venue.setPrice('BTC-USD-SWAP', '125000')
    const order = account.place({ ...inverse, side: 'sell', sz: '100' })

    assert.equal(textOf(order.pnl), '0.02')
    assert.equal(
      textOf(account.ledger.balance('BTC')),
      textOf(10n ** 18n + (2n * 10n ** 16n - 9n * 10n ** 13n))
    )
  })

  test('fills by price and then by age, a part at a time, and both sides of its own trade', ({
    assert,
  }) => {
    const { venue, account } = openVenue()
    const far = account.place({ instId: 'OKB-USDT', side: 'buy', sz: '1', px: '52' })
    const near = account.place({ instId: 'OKB-USDT', side: 'buy', sz: '2', px: '53' })
    assert.equal(venue.trade('OKB-USDT', 'sell', '1.5'), '0')
    assert.equal(near.state, 'partially_filled')
    assert.equal(venue.trade('OKB-USDT', 'sell', '5'), '3.5')
    assert.deepEqual([far.state, near.state], ['filled', 'filled'])

    account.place({ instId: 'OKB-USDT', side: 'buy', sz: '0.5', px: '53.9' })
    account.place({ instId: 'OKB-USDT', side: 'sell', sz: '0.5', px: '53.9' })
    const [taker, maker] = account.ledger.fills.slice(-2)
    assert.equal(taker!.tradeId, maker!.tradeId)
    assert.notEqual(taker!.ordId, maker!.ordId)
  })

  test('spends no more than it was told to, whatever the prices of those that it meets', ({
    assert,
  }) => {
    const { account } = openVenue()
    account.transfer('OKB', '3')
    for (const px of ['54.5', '55', '56', '57']) {
      account.place({ instId: 'OKB-USDT', side: 'sell', sz: '0.7', px })
    }
    const bought = account.place({ instId: 'OKB-USDT', side: 'buy', sz: '100' })

    const fills = account.ledger.fills.filter(({ side }) => side === 'buy')
    assert.deepEqual(
      fills.map(({ sz, px }) => [textOf(sz), textOf(px)]),
      [
        ['0.7', '54.5'],
        ['0.7', '55'],
        ['0.416964', '56'],
      ]
    )
    assert.equal(bought.state, 'filled')
    assert.equal(textOf(bought.filledAtPrice), '99.999984')
  })

  test('liquidates an isolated position when its margin is used up, and cancels what would have closed it', ({
    assert,
  }) => {
    const { venue, account } = openVenue()
    account.place({ ...SWAP, posSide: 'net', side: 'buy', sz: '1' })
    const exit = account.place({ ...SWAP, posSide: 'net', side: 'sell', sz: '1', px: '130000' })
    venue.setPrice('BTC-USDT-SWAP', '117000')
    venue.setPrice('BTC-USDT-SWAP', '116000')

    const [order] = [...account.ledger.orders.values()].slice(-1)
    assert.equal(order!.category, 'full_liquidation')
    assert.deepEqual([exit.state, exit.cancelSource], ['canceled', '3'])
    assert.lengthOf(account.ledger.openPositions, 0)
    assert.isTrue(account.ledger.bills.at(-1)!.balChg >= 0n)
  })

  test('every balance is the sum of its bills, after whatever happened', ({ assert }) => {
    const { venue, account } = openVenue()
    const net = { ...SWAP, posSide: 'net', lever: '10' } as const
    account.place({ ...net, side: 'buy', sz: '3' })
    account.place({ ...net, side: 'sell', sz: '5' })
    account.fund('BTC-USDT-SWAP', '0.0001')
    account.deleverage('BTC-USDT-SWAP', '1')
    venue.setPrice('BTC-USDT-SWAP', '110000')
    account.liquidate('BTC-USDT-SWAP', { sz: '0.5' })
    account.place({ ...net, side: 'buy', sz: '0.5' })
    account.transfer('USDT', '-100')

    const sum = account.ledger.bills.reduce((total, { balChg }) => total + balChg, 0n)
    assert.equal(textOf(sum), textOf(account.ledger.balance('USDT')))
    assert.lengthOf(account.ledger.openPositions, 0)
    assert.includeMembers(
      told(account).map((bill) => bill.split(' ').slice(0, 2).join(' ')),
      ['8 174', '9 127', '5 102', '1 12']
    )
  })

  test('refuses an order without the money, the position or the name for it', ({ assert }) => {
    const { account } = openVenue()
    const refused = (request: Parameters<VenueAccount['place']>[0]) => {
      try {
        account.place(request)
        return null
      } catch (error) {
        return (error as Error).message.split(' ')[0]
      }
    }

    assert.equal(refused({ instId: 'BTC-USDT', side: 'buy', sz: '1', px: '100000' }), '51008')
    assert.equal(refused({ instId: 'BTC-USDT', side: 'buy', sz: '-1' }), '51000')
    assert.equal(refused({ instId: 'BTC-EUR', side: 'buy', sz: '1' }), '51001')
    assert.equal(
      refused({ ...SWAP, posSide: 'net', side: 'sell', sz: '1', reduceOnly: true }),
      '51169'
    )
    assert.isNull(refused({ instId: 'OKB-USDT', side: 'buy', sz: '1', px: '1', clOrdId: 'a' }))
    assert.equal(
      refused({ instId: 'OKB-USDT', side: 'buy', sz: '1', px: '1', clOrdId: 'a' }),
      '51016'
    )
  })
})
