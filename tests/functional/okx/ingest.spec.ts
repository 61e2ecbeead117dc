import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Order from '#models/order'
import { readFill } from '#sources/okx/fill'
import { emptyDatabase } from '#tests/support/database'
import { recorded, recordedRows, rowsOf, startIngest } from '#tests/support/okx'
import { refuseRows } from '#tests/support/refused_rows'

const EXECUTION = ['trade_id', 'fill_sz', 'fill_px', 'liquidation', 'bill_id']

/** A push about an order, made of a recorded one. */
function orderPush(name: string, changes: Record<string, string>) {
  const message = recorded(name)
  message.data = [{ ...message.data[0], ...changes }]
  return message
}

test.group('What OKX says of orders and fills', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a market order by its worth ends filled, with the one fill that it had', async ({
    assert,
  }) => {
    const { push } = await startIngest()

    await push(recorded('spot_live'))
    await push(recorded('spot_partially_filled'))
    await push(recorded('spot_filled_without_fill'))

    assert.deepEqual(await rowsOf('order_events', 'state', 'change', 'acc_fill_sz'), [
      ['live', 'updated', '0'],
      ['partially_filled', 'updated', '1.84'],
      ['filled', 'filled', '1.84'],
    ])
    const executions = await rowsOf('executions', 'fill_sz', 'fill_px', 'base_sz', 'fee')
    assert.deepEqual(executions, [['1.844337', '54', '1.844337', '-0.001844337']])
    const order = await Order.firstOrFail()
    assert.equal(order.venueState, 'filled')
    assert.equal(order.status, 'pending')
  })

  test('what is said twice, also with a later time, or late, is stored once', async ({
    assert,
  }) => {
    const { push } = await startIngest()
    const chain = ['spot_live', 'spot_partially_filled', 'spot_filled_without_fill']

    for (const name of chain) await push(recorded(name))
    for (const name of [...chain, 'spot_live'])
      await push(orderPush(name, { uTime: '1705384999999' }))

    assert.lengthOf(await rowsOf('order_events', 'id'), 3)
    assert.lengthOf(await rowsOf('executions', 'id'), 1)
    const order = await Order.firstOrFail()
    assert.equal(order.venueState, 'filled')
  })

  test('five fills in one message are five executions, in their order', async ({ assert }) => {
    const { push } = await startIngest()
    const message = recorded('spot_partially_filled')
    const row = message.data[0]
    const fills = [1, 2, 3, 4, 5].map((n) => {
      const sum = String(n * 10)
      return { ...row, tradeId: String(100 + n), accFillSz: sum, fillSz: '10', uTime: row.cTime }
    })

    await push({ ...message, data: fills })

    assert.deepEqual(
      await rowsOf('executions', 'trade_id'),
      [101, 102, 103, 104, 105].map((id) => [String(id)])
    )
  })

  test('a price that goes forth and back is told each time, and a list that lags behind changes nothing', async ({
    assert,
  }) => {
    const { push, orders } = await startIngest()
    const at = (px: string, uTime: string) =>
      orderPush('amended', { px, uTime, state: 'live', amendResult: '0' })

    await push(recorded('live'))
    await push(at('30036.7', '1640194680444'))
    await push(at('30040.2', '1640194690000'))
    await push(at('30036.7', '1640194700000'))
    await orders(recordedRows('live')[0])

    assert.deepEqual(await rowsOf('order_events', 'px'), [
      ['40030.2'],
      ['30036.7'],
      ['30040.2'],
      ['30036.7'],
    ])
    const order = await Order.firstOrFail()
    assert.equal(order.px, '30036.7')
  })

  test('a liquidation is one execution and named as such, whether the push or the list is first', async ({
    assert,
  }) => {
    for (const isPushFirst of [true, false]) {
      await emptyDatabase()
      const { push, fills, orders } = await startIngest()
      const row = recordedRows('liquidation_order')[0]
      const pushed = { ...row, fillPnl: '-7.15264', fillFee: row.fee, fillFeeCcy: 'USDT' }
      const told = () => push({ arg: { channel: 'orders' }, data: [pushed] })
      const listed = () => fills(...recordedRows('liquidation_fill'))

      for (const tell of isPushFirst ? [told, listed] : [listed, told]) await tell()
      await orders(row)
      await told()
      await listed()

      assert.deepEqual(await rowsOf('executions', ...EXECUTION), [
        ['-2940071038530957314', '0.64', '116495.1', 'full_liquidation', '2940071038556348418'],
      ])
      assert.deepEqual(await rowsOf('order_events', 'liquidation', 'change'), [
        ['full_liquidation', 'filled'],
      ])
    }
  })

  test('forced fills of one size and price are as many as were told, on whichever way', async ({
    assert,
  }) => {
    const { push, fills } = await startIngest()
    const row = recordedRows('liquidation_order')[0]
    const listed = recordedRows('liquidation_fill')[0]
    const pushOf = (accFillSz: string, state: string) =>
      push({ arg: { channel: 'orders' }, data: [{ ...row, accFillSz, state, fillSz: '0.2' }] })
    const billed = (billId: string) => ({ ...listed, fillSz: '0.2', billId, tradeId: `-${billId}` })

    await pushOf('0.2', 'partially_filled')
    await fills(billed('11'), billed('12'))
    await pushOf('0.4', 'partially_filled')
    await pushOf('0.4', 'partially_filled')
    await fills(billed('13'), billed('12'), billed('11'))

    assert.deepEqual(await rowsOf('executions', 'bill_id', 'acc_fill_sz'), [
      ['11', '0.2'],
      ['12', '0.4'],
      ['13', null],
    ])
  })

  test('an order that was announced gets its number when OKX shows it', async ({ assert }) => {
    const { account, push } = await startIngest()
    const clOrdId = recordedRows('live')[0].clOrdId
    await Order.create({
      accountId: account.id,
      clOrdId,
      instId: 'BTC-USD-220325',
      status: 'pending',
      partial: false,
      reduceOnly: false,
      createdAt: 1,
      updatedAt: 1,
    })

    await push(recorded('live'))

    assert.deepEqual(await rowsOf('orders', 'ord_id', 'cl_ord_id', 'venue_state', 'status'), [
      [recordedRows('live')[0].ordId, clOrdId, 'live', 'pending'],
    ])
  })

  test('words and rows that are not known are kept as they came, and counted', async ({
    assert,
  }) => {
    const { push } = await startIngest()

    await push(orderPush('live', { state: 'frozen', ordId: '7' }))
    await push(orderPush('live', { state: 'frozen', ordId: '8' }))
    const message = recorded('live')
    await push({ ...message, data: [{ ordId: '9' }, ...message.data] })

    const unknowns = await db.from('okx_unknowns').orderBy('kind').select('kind', 'value', 'times')
    assert.deepEqual(unknowns.map(Object.values), [
      ['order state', 'frozen', 2],
      ['unreadable orders', 'state is missing', 1],
    ])
    const states = await rowsOf('orders', 'venue_state')
    assert.deepEqual(states, [['frozen'], ['frozen'], ['live']])
  })

  test('more pushes than can be stored are let go, to be read again, and lists are not', async ({
    assert,
  }) => {
    const { push, orders } = await startIngest({ mostWaiting: 1 })
    const row = recordedRows('live')[0]
    const live = (ordId: string) => orderPush('live', { ordId })

    const told = await Promise.allSettled([
      push(live('1')),
      push(live('2')),
      push(live('3')),
      orders({ ...row, ordId: '4' }),
    ])

    const refused = told.filter(({ status }) => status === 'rejected')
    assert.deepEqual(
      refused.map((one) => (one as PromiseRejectedResult).reason.kind),
      ['overrun']
    )
    assert.deepEqual(await rowsOf('orders', 'ord_id'), [['1'], ['2'], ['4']])
  })

  test('a row that the database refuses is kept, and all others of its page and batch are stored', async ({
    assert,
  }) => {
    const faults: Error[] = []
    const { push, tell } = await startIngest({ onFault: (error) => faults.push(error) })
    const fills = fillsOf(100)
    const bad = fills[70]!.tradeId!
    await refuseRows('executions', 'trade_id', bad)

    await Promise.all([
      push(recorded('spot_live')),
      tell('recovery', { fills }),
      push(recorded('live')),
    ])

    assert.lengthOf(await rowsOf('orders', 'id'), 2)
    assert.lengthOf(await rowsOf('executions', 'id'), 99)
    const [unknown] = await db.from('okx_unknowns')
    assert.equal(unknown.kind, 'refused by the database')
    assert.equal(JSON.parse(unknown.raw).fills[0].tradeId, bad)
    assert.lengthOf(faults, 1)
  })

  test('of a batch of which the database refuses every row, the fault is not that of the rows', async ({
    assert,
  }) => {
    const { tell } = await startIngest({ onFault: () => {} })
    const fills = fillsOf(100)
    await refuseRows('executions', 'inst_id', fills[0]!.instId)

    await assert.rejects(() => tell('recovery', { fills }), /refused/)
    assert.lengthOf(await rowsOf('executions', 'id'), 0)
  })
})

/** Fills of one order, as a page of a list has them. */
function fillsOf(count: number) {
  const row = recordedRows('open_fill')[0]
  return Array.from({ length: count }, (_, n) =>
    readFill({ ...row, ordId: '5', tradeId: String(9000 + n), billId: String(7000 + n) })
  )
}
