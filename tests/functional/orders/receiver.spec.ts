import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import ordersConfig from '#config/orders'
import Order from '#models/order'
import { onceForKey } from '#orders/idempotency'
import { signHook } from '#orders/hook/hook_signature'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { storeOkxAccount } from '#tests/support/orders'
import { setWhile } from '#tests/support/settings'
import { SettableClock } from '#tests/support/settable_clock'

const SECRET = 'a secret of the test'

interface Changes {
  secondsOff?: number
  secret?: string
  key?: string
}

async function post(body: string, { secondsOff = 0, secret = SECRET, key }: Changes = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000) + secondsOff)
  const response = await fetch(appUrl('/hooks/orders'), {
    method: 'POST',
    body,
    headers: {
      'x-timestamp': timestamp,
      'x-signature': `sha256=${signHook(secret, timestamp, body)}`,
      ...(key && { 'idempotency-key': key }),
    },
  })
  const answer = (await response.json()) as any
  return { status: response.status, data: answer.data, code: answer.errors?.[0].code }
}

const announcing = (data: object) => JSON.stringify({ type: 'order.announced', data })

test.group('Receiver of orders', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a signed call announces an order, once however often it comes', async ({
    assert,
    ...ctx
  }) => {
    setWhile(ctx.test, ordersConfig, { hookSecret: SECRET })
    const account = await storeOkxAccount({ uid: '44' })
    const body = announcing({
      account_uid: '44',
      inst_id: 'BTC-USDT-SWAP',
      cl_ord_id: 'a1',
      sz: '2',
    })

    const first = await post(body, { key: 'k1' })
    const second = await post(body, { key: 'k1' })
    assert.equal(first.status, 202)
    assert.deepEqual(second, first)
    const orders = await Order.all()
    assert.lengthOf(orders, 1)
    assert.deepInclude(orders[0]!.$attributes, {
      id: first.data.order_id,
      accountId: account.id,
      clOrdId: 'a1',
      sz: '2',
      status: 'pending',
      announcedBy: 'hook',
    })
    const other = await post(announcing({ account_uid: '44' }), { key: 'k1' })
    assert.deepEqual([other.status, other.code], [409, 'idempotency_key_reused'])
  })

  test('a call that is not signed, signed with another secret, or old is refused', async ({
    assert,
    ...ctx
  }) => {
    setWhile(ctx.test, ordersConfig, { hookSecret: SECRET })
    const unsigned = await fetch(appUrl('/hooks/orders'), { method: 'POST', body: '{}' })
    assert.equal(unsigned.status, 401)
    await unsigned.text()

    const wrong = await post('{}', { secret: 'another' })
    assert.deepEqual([wrong.status, wrong.code], [401, 'invalid_signature'])
    for (const secondsOff of [-330, 330]) {
      const stale = await post('{}', { secondsOff })
      assert.deepEqual([stale.status, stale.code], [401, 'stale_timestamp'])
    }
    assert.isEmpty(await db.from('quarantined_hooks'))
  })

  test('without a secret no call is taken', async ({ assert, ...ctx }) => {
    setWhile(ctx.test, ordersConfig, { hookSecret: undefined })

    const refused = await post('{}')
    assert.deepEqual([refused.status, refused.code], [403, 'hook_not_set_up'])
  })

  test('what announces no order is kept as it came, and answered so', async ({
    assert,
    ...ctx
  }) => {
    setWhile(ctx.test, ordersConfig, { hookSecret: SECRET })
    await storeOkxAccount({ uid: '44' })
    const bodies = [
      'no JSON',
      '{"type":"order.deleted"}',
      announcing({ account_uid: '45', inst_id: 'X', ord_id: '1' }),
      announcing({ account_uid: '44', inst_id: 'X', ord_id: '1', sz: 'much' }),
      announcing({ account_uid: '44', inst_id: 'X' }),
    ]
    for (const body of bodies) {
      const { status, data } = await post(body)
      assert.deepEqual([status, data.state], [202, 'quarantined'], body)
    }
    const kept = await db.from('quarantined_hooks').orderBy('id').select('raw')
    assert.deepEqual(
      kept.map(({ raw }) => raw),
      bodies
    )
    assert.isEmpty(await Order.all())
  })

  test('a key is kept for a day, and one of a process that died for a minute', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const keyed = { scope: 'test', key: 'k', request: 'r', clock }
    let times = 0
    const work = async () => ({ status: 200, body: { times: ++times } })

    await assert.rejects(
      () => onceForKey(keyed, () => Promise.reject(new Error('broken'))),
      'broken'
    )
    await onceForKey(keyed, work)
    clock.pass(24 * 3_600_000 - 1)
    assert.deepEqual(await onceForKey(keyed, work), { status: 200, body: { times: 1 } })
    clock.pass(1)
    assert.deepEqual(await onceForKey(keyed, work), { status: 200, body: { times: 2 } })

    await db.from('idempotency_store').update({ status_code: null })
    await assert.rejects(() => onceForKey(keyed, work), /under way/)
    clock.pass(60_001)
    assert.deepEqual(await onceForKey(keyed, work), { status: 200, body: { times: 3 } })
  })
})
