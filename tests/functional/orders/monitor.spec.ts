import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import AuditEvent from '#models/audit_event'
import Order, { ORDER_STATUSES } from '#models/order'
import PushAlert from '#models/push_alert'
import { announceOrder } from '#orders/announce_order'
import { brokenLink } from '#orders/audit_chain'
import { standingOf } from '#orders/move_order'
import { afterVenue, ORDER_FAILURES, UNREVIEWED } from '#orders/order_state'
import { reviewOrders } from '#orders/review_orders'
import { expireUnconfirmed, tellUnfilled } from '#orders/time_limits'
import { emptyDatabase } from '#tests/support/database'
import { hear, LIMITS, storeOkxAccount, storeOrder } from '#tests/support/orders'
import { SettableClock } from '#tests/support/settable_clock'

const chainOf = (orderId: number) =>
  AuditEvent.query().where('order_id', orderId).orderBy('position')

async function announced(fields: { connection?: 'live' | 'waiting' } = {}) {
  const clock = new SettableClock()
  const account = await storeOkxAccount(fields)
  const { order } = await announceOrder(
    { reach: null, by: 'user', limits: LIMITS, clock },
    { accountId: account.id, instId: 'BTC-USDT-SWAP', clOrdId: 'mine1' }
  )
  return { clock, account, order }
}

test.group('Monitor of orders', (group) => {
  group.each.setup(() => emptyDatabase())

  test('an announced order goes by what the venue says, each step in the audit chain', async ({
    assert,
  }) => {
    const { clock, order } = await announced()

    for (const [state, filled] of [
      ['live', '0'],
      ['partially_filled', '1'],
      ['filled', '2'],
    ] as const) {
      await hear(order, state, filled)
      await reviewOrders(LIMITS, clock)
    }

    const { status, deadline } = await Order.findOrFail(order.id)
    assert.deepEqual({ status, deadline }, { status: 'filled', deadline: null })
    const chain = await chainOf(order.id)
    assert.deepEqual(
      chain.map(({ actor, action }) => `${actor} ${action}`),
      ['user announced', 'venue moved', 'venue moved']
    )
    assert.isNull(brokenLink(chain))
  })

  test('a link of the audit chain that was changed or left out is found', async ({ assert }) => {
    const { clock, order } = await announced()
    await hear(order, 'canceled')
    await reviewOrders(LIMITS, clock)

    const [first, second] = await chainOf(order.id)
    assert.isNull(brokenLink([first!, second!]))
    assert.equal(brokenLink([second!]), 2)
    second!.actor = 'operator'
    assert.equal(brokenLink([first!, second!]), 2)
  })

  test('an order that the venue does not show in time fails, and its owner is told', async ({
    assert,
  }) => {
    const { clock, order } = await announced()

    clock.pass(LIMITS.confirmMs - 1)
    assert.equal(await expireUnconfirmed(clock), 0)
    clock.pass(1)
    assert.equal(await expireUnconfirmed(clock), 1)
    assert.equal(await expireUnconfirmed(clock), 0)

    const { status, reason } = await Order.findOrFail(order.id)
    assert.deepEqual({ status, reason }, { status: 'failed', reason: 'confirmation_timeout' })
    const [alert] = await PushAlert.all()
    assert.equal(alert!.kind, 'order.unconfirmed')
    assert.include(alert!.message, 'mine1')
  })

  test('a late sighting takes back what the clock said', async ({ assert }) => {
    const { clock, order } = await announced()
    clock.pass(LIMITS.confirmMs)
    await expireUnconfirmed(clock)
    await hear(order, 'live')
    await reviewOrders(LIMITS, clock)

    const { status, reason } = await Order.findOrFail(order.id)
    assert.deepEqual({ status, reason }, { status: 'confirmed', reason: null })
    const chain = await chainOf(order.id)
    assert.equal(chain.at(-1)!.action, 'seen_late')
  })

  test('while an account is not heard, the clock decides nothing about its orders', async ({
    assert,
  }) => {
    const { clock } = await announced({ connection: 'waiting' })
    clock.pass(LIMITS.confirmMs * 10)

    assert.equal(await expireUnconfirmed(clock), 0)
  })

  test('an order that stays open for long is told of once, and stays open', async ({ assert }) => {
    const { clock, order } = await announced()
    await hear(order, 'live')
    await reviewOrders(LIMITS, clock)
    clock.pass(LIMITS.fillMs)

    assert.equal(await tellUnfilled(clock), 1)
    assert.equal(await tellUnfilled(clock), 0)
    const { status } = await Order.findOrFail(order.id)
    assert.equal(status, 'confirmed')
    const alerts = await PushAlert.all()
    assert.deepEqual(
      alerts.map(({ kind }) => kind),
      ['order.unfilled']
    )
  })

  test('an order that is known already is not announced twice', async ({ assert }) => {
    const { clock, account, order } = await announced()
    const announcing = { reach: null, by: 'hook', limits: LIMITS, clock } as const
    const again = { accountId: account.id, instId: 'BTC-USDT-SWAP', clOrdId: 'mine1' }
    const seen = await storeOrder(account, { ordId: '7', clOrdId: 'seen', venueState: 'live' })

    const first = await announceOrder(announcing, { ...again, ordId: '5' })
    const second = await announceOrder(announcing, { ...again, ordId: '7', clOrdId: null })
    assert.deepEqual([first.order.id, first.isNew], [order.id, false])
    assert.deepEqual([second.order.id, second.isNew], [seen.id, false])
    const [named, known] = await Order.query().orderBy('id')
    assert.equal(named!.ordId, '5')
    assert.equal(known!.announcedBy, 'hook')
  })

  test('finds in SQL exactly the orders that the state machine moves', async ({ assert }) => {
    const account = await storeOkxAccount()
    const states = [null, 'live', 'partially_filled', 'filled', 'canceled', 'gone', 'strange']
    let ordId = 0
    for (const status of ORDER_STATUSES) {
      for (const reason of status === 'failed' ? ORDER_FAILURES : [null]) {
        for (const venueState of states) {
          await storeOrder(account, { ordId: String(++ordId), status, reason, venueState })
        }
      }
    }
    const all = await Order.all()
    const moved = all.filter((order) =>
      afterVenue(standingOf(order), { state: order.venueState, accFillSz: order.accFillSz })
    )
    const found = await db.from('orders').whereRaw(UNREVIEWED).select('id')

    assert.sameMembers(
      found.map(({ id }) => Number(id)),
      moved.map(({ id }) => id)
    )
  })
})
