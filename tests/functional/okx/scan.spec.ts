import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { textOf } from '#demo/okx/ledger/decimal'
import type { VenueAccount } from '#demo/okx/venue_account'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/okx'
import { limitOrder, startScan } from '#tests/support/okx_scan'

const SWAP = { instId: 'BTC-USDT-SWAP', tdMode: 'cross' } as const

/** What the venue's own ledger has, in the words of the tables. */
function ledgerOf({ ledger }: VenueAccount) {
  return {
    orders: [...ledger.orders.values()].map(({ ordId, state }) => [ordId, state]).sort(),
    fills: ledger.fills.map(({ ordId, sz, px }) => [ordId, textOf(sz), textOf(px)]).sort(),
    balances: [...ledger.balances].map(([ccy]) => [ccy, textOf(ledger.balance(ccy))]).sort(),
    positions: ledger.openPositions.map(({ size }) => textOf(size)),
  }
}

async function stored() {
  const orders = await rowsOf('orders', 'ord_id', 'venue_state')
  const balances = await rowsOf('balances', 'ccy', 'cash_bal')
  const open = await db.from('positions').where('status', 'open').select('pos')
  const fills = await rowsOf('executions', 'ord_id', 'fill_sz', 'fill_px')
  return {
    orders: orders.sort(),
    fills: fills.sort(),
    balances: balances.sort(),
    positions: open.map(({ pos }) => pos),
  }
}

test.group('Following an account at OKX', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.timeout(60_000)

  test('what happens while it is live is stored as the venue has it', async ({
    assert,
    cleanup,
  }) => {
    const { at, live, pass } = await startScan(cleanup)
    await live()

    const resting = limitOrder(at)
    at.place({ ...SWAP, side: 'buy', sz: '2' })
    at.place({ instId: 'OKB-USDT', side: 'buy', sz: '54' })
    await pass(1000)
    at.cancel(resting.ordId)
    at.liquidate('BTC-USDT-SWAP')
    await pass(5000)

    assert.deepEqual(await stored(), ledgerOf(at))
    const causes = await rowsOf('position_events', 'change', 'cause', 'liquidation')
    assert.deepEqual(causes, [
      ['changed', 'filled', null],
      ['closed', 'liquidation', 'liquidation'],
    ])
  })

  test('what happened while it was cut or stopped is read when it is back', async ({
    assert,
    cleanup,
  }) => {
    const { okx, at, live, pass, stop, start } = await startScan(cleanup)
    await live()
    const old = limitOrder(at)
    const resting = limitOrder(at, { px: '1001' })
    at.place({ ...SWAP, side: 'buy', sz: '1' })
    await pass(1000)

    okx.cut()
    at.cancel(old.ordId)
    at.place({ ...SWAP, side: 'buy', sz: '3' })
    await pass(2000)
    await live()
    assert.deepEqual(await stored(), ledgerOf(at))

    await stop()
    at.cancel(resting.ordId)
    at.cancel(limitOrder(at, { px: '1002' }).ordId)
    at.liquidate('BTC-USDT-SWAP')
    at.place({ instId: 'OKB-USDT', side: 'buy', sz: '54' })
    await pass(600_000)
    start()
    await live()
    await pass(15_000)
    assert.deepEqual(await stored(), ledgerOf(at))
  })

  test('an order that OKX has forgotten is gone, once, and what cannot be known is said', async ({
    assert,
    cleanup,
  }) => {
    const { at, live, pass, stop, start, clock } = await startScan(cleanup)
    await live()
    const order = limitOrder(at)
    await pass(1000)
    await stop()
    at.cancel(order.ordId)
    clock.pass(3 * 3_600_000)
    start()
    await live()
    await pass(15_000)

    assert.deepEqual(await rowsOf('order_events', 'state'), [['live'], ['gone']])
    const unknowns = await db.from('okx_unknowns').select('kind')
    assert.deepEqual(unknowns, [{ kind: 'cancels not seen' }])
  })

  test('while OKX is closed as it has announced the account says so, and is followed afterwards', async ({
    assert,
    cleanup,
  }) => {
    const { okx, at, account, live, pass, clock } = await startScan(cleanup)
    await live()
    okx.venue.maintenance.plan(clock.now() + 1000, clock.now() + 60_000, 'Trading engine upgrade')

    await pass(20_000)
    await account.refresh()
    assert.deepInclude(account, { connection: 'waiting', reason: 'maintenance' })
    assert.equal(account.detail, 'Trading engine upgrade')

    await pass(41_000)
    await live()
    at.place({ ...SWAP, side: 'buy', sz: '2' })
    await pass(5000)
    await account.refresh()
    assert.isNull(account.reason)
    assert.deepEqual(await stored(), ledgerOf(at))
  })

  test('when OKX says that it will close the connection, the next is live before, and nothing is lost', async ({
    assert,
    cleanup,
  }) => {
    const { okx, at, account, sessions, live, pass, until } = await startScan(cleanup)
    await live()
    okx.upgradeService(60_000)

    for (let second = 0; second < 70; second++) {
      at.place({ ...SWAP, side: second % 2 ? 'sell' : 'buy', sz: '1' })
      if (second === 1) assert.lengthOf(sessions(), 2)
      await pass(1000)
    }

    await until(() => sessions().length === 1)
    assert.deepEqual(await stored(), ledgerOf(at))
    await account.refresh()
    assert.equal(account.handovers, 1)
    assert.equal(account.reconnects, 0)
    assert.deepEqual(await rowsOf('executions', 'origin'), Array(70).fill(['push']))
  })

  test('on a quiet account the connection stays open, and one that has died is replaced', async ({
    assert,
    cleanup,
  }) => {
    const { okx, account, connections, live, pass, until } = await startScan(cleanup)
    okx.venue.knobs.refreshMs = Infinity
    await live()

    await pass(300_000)
    assert.lengthOf(connections, 1)
    okx.fallSilent()
    await until(() => connections.length === 2)
    await live()
    await account.refresh()
    assert.equal(account.reconnects, 1)
  })

  test('the clock of OKX is signed by, however wrong ours is', async ({ assert, cleanup }) => {
    const { okx, account, live, pass } = await startScan(cleanup)
    okx.venue.time.aheadMs = 754_808

    await pass(0)
    await live()

    await account.refresh()
    assert.equal(account.clockOffset, 754_808)
  })

  test('a key that was changed is refused in words, and watched again with its new one', async ({
    assert,
    cleanup,
  }) => {
    const { okx, at, account, live, pass, until, connection } = await startScan(cleanup)
    await live()

    okx.venue.changeKey(at)
    await until(async () => (await connection()) === 'refused')
    await account.refresh()
    assert.equal(account.reason, 'key_changed')

    const { apiKey, secret, passphrase } = at.key
    await account.merge({ apiKey, secretKey: secret, passphrase }).save()
    await pass(5000)
    await live()
  })
})
