import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import WechatBotBinding from '#models/wechat_bot_binding'
import { LEASE_MS, PollingLease } from '#wechat/polling/polling_lease'
import { emptyDatabase } from '#tests/support/database'
import { SettableClock } from '#tests/support/settable_clock'
import { storeBinding } from '#tests/support/wechat_bindings'

async function storeBindings(count: number) {
  for (let index = 0; index < count; index++) await storeBinding()
}

async function idsOf(lease: PollingLease): Promise<number[]> {
  const held = await lease.held()
  return held.map(({ id }) => id)
}

/** What the process does that holds too many: it stops polling them, and leaves them to others. */
async function shareWithOthers(lease: PollingLease) {
  const ids = await idsOf(lease)
  await lease.giveBack(ids.slice(await lease.share()))
}

test.group('Who polls which binding', (group) => {
  group.each.setup(() => emptyDatabase())

  test('two processes share the bindings, and none is polled by both', async ({ assert }) => {
    const clock = new SettableClock()
    await storeBindings(5)
    const [one, other] = [new PollingLease(clock), new PollingLease(clock)]

    await one.keep()
    assert.lengthOf(await idsOf(one), 5)
    await other.keep()
    await shareWithOthers(one)
    await other.keep()

    assert.lengthOf(await idsOf(one), 3)
    assert.lengthOf(await idsOf(other), 2)
    const all = [...(await idsOf(one)), ...(await idsOf(other))]
    assert.lengthOf(new Set(all), 5)
  })

  test('a killed process keeps its bindings until its lease has run out, and no longer', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    await storeBindings(3)
    const [killed, other] = [new PollingLease(clock), new PollingLease(clock)]
    await killed.keep()
    const [before] = await killed.held()

    await other.keep()
    assert.isEmpty(await idsOf(other))
    clock.pass(LEASE_MS + 1)
    assert.isTrue(killed.isOver)
    await other.keep()

    const [after] = await other.held()
    assert.lengthOf(await idsOf(other), 3)
    assert.deepEqual(after, { id: before!.id, fence: before!.fence + 1 })
    assert.isEmpty(await idsOf(killed))
  })

  test('a process whose end can be seen is replaced at once', async ({ assert }) => {
    const clock = new SettableClock()
    const lease = new PollingLease(clock)
    const [place, pid] = lease.owner.split('/')
    const dead = `${place}/${pid}/an-earlier-life/1`
    await storeBinding({ pollOwner: dead, pollFence: 4 })
    await db.table('wechat_pollers').insert({ owner: dead, lease_until: clock.now() + LEASE_MS })

    await lease.keep()

    const [held] = await lease.held()
    assert.equal(held!.fence, 5)
  })

  test('a process that stops leaves its bindings to others without a wait', async ({ assert }) => {
    const clock = new SettableClock()
    await storeBindings(2)
    const [stopping, other] = [new PollingLease(clock), new PollingLease(clock)]
    await stopping.keep()
    await other.keep()

    await stopping.end()
    await other.keep()

    assert.lengthOf(await idsOf(other), 2)
  })

  test('a new binding is taken before the next sign of life is due, an ended one is let go', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const lease = new PollingLease(clock)
    await lease.keep()
    const binding = await storeBinding()

    await lease.keep()
    assert.deepEqual(await idsOf(lease), [binding.id])

    await WechatBotBinding.query().where('id', binding.id).update({ status: 'inactive' })
    assert.isEmpty(await idsOf(lease))
  })
})
