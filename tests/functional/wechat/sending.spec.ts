import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DatabaseUnreachable } from '#foundation/db/database_fault'
import { wechatPushes } from '#health/wechat_pushes'
import { emptyDatabase } from '#tests/support/database'
import { jobs } from '#tests/support/delivery'
import { startTrial } from '#billing/plans/change_plan'
import { planState } from '#accounts/plan_state'
import { TERMS } from '#tests/support/billing'
import { givePro } from '#tests/support/plans'
import { storeBinding } from '#tests/support/wechat_bindings'
import {
  ACCEPTED,
  POLLER,
  REFUSED,
  storeOpenBinding,
  UNKNOWN,
  wantCreated,
  wechatSending,
} from '#tests/support/wechat_sending'

const [S, M, H] = [1000, 60_000, 3_600_000]

test.group('Pushes over WeChat', (group) => {
  group.each.setup(() => emptyDatabase())

  const messages = () => db.from('wechat_messages').orderBy('id')

  const counts = async () => {
    const { jobs: byFate } = await wechatPushes({ since: 0, until: Number.MAX_SAFE_INTEGER }, [])
    return byFate
  }

  test('tell a fresh launch by itself, and what waits in one digest', async ({ assert }) => {
    const { bind, launch, round, clock, phone } = await wechatSending()
    await bind()
    await launch({ symbol: 'ONE' })
    await round()
    assert.match(phone.texts[0]!, /ONE/)

    await launch({ symbol: 'TWO' })
    await launch({ symbol: 'THREE' })
    clock.pass(5 * S)
    await round()
    assert.lengthOf(phone.texts, 2)
    assert.match(phone.texts[1]!, /TWO[\s\S]*THREE|THREE[\s\S]*TWO/)
    const stored = await messages()
    assert.deepEqual(
      stored.map(({ kind, result, events }) => [kind, result, Number(events)]),
      [
        ['single', 'accepted', 1],
        ['digest', 'accepted', 2],
      ]
    )
    assert.containsSubset(await counts(), { sent: 1, in_digest: 2 })
  })

  test('are planned for creations that the user picks; the others are counted and leave no job', async ({
    assert,
  }) => {
    const { bind, launch, round, phone, clock } = await wechatSending()
    const { userId } = await bind({ summaryAfterId: 0 })
    await wantCreated(userId, 'name:pepe')
    await launch({ kind: 'created', name: 'Pepe Two', symbol: 'PEPE2' })
    for (let created = 0; created < 3; created++) {
      await launch({ kind: 'created', name: 'Doge', symbol: 'DOGE' })
    }
    await launch({ symbol: 'GRAD' })
    await round()

    assert.lengthOf(await jobs(), 2)
    assert.match(phone.texts[0]!, /PEPE2/)
    assert.match(phone.texts[0]!, /\b3\b/)
    assert.notMatch(phone.texts[0]!, /DOGE/)

    clock.pass(5 * S)
    await launch()
    await launch()
    await round()
    assert.notMatch(phone.texts[1]!, /另有 3|3 more/)
  })

  test('are planned for nobody who has not written yet, and the trial keeps its push', async ({
    assert,
  }) => {
    const { launch, plan, clock } = await wechatSending()
    const { userId } = await storeBinding({ pollOwner: POLLER, boundAt: clock.now() })
    await startTrial(userId, { terms: TERMS, clock })
    await launch()
    await plan()
    assert.lengthOf(await jobs(), 0)
    assert.isEmpty(await db.from('trial_pushes'))
  })

  test('use the push of a trial when they are accepted', async ({ assert }) => {
    const { launch, round, clock, phone } = await wechatSending()
    const { userId } = await storeOpenBinding(clock, { boundAt: clock.now() })
    await startTrial(userId, { terms: TERMS, clock })
    clock.pass(5 * S)
    await launch()
    await round()
    await launch()
    clock.pass(5 * S)
    await round()

    const { usedTrials } = await planState(userId, clock.now())
    assert.deepEqual(usedTrials, ['four'])
    assert.lengthOf(phone.texts, 1)
  })

  test('are held after a refusal: nothing more is tried for an hour, then one digest', async ({
    assert,
  }) => {
    const { bind, launch, round, phone, clock } = await wechatSending()
    await bind()
    phone.answer = REFUSED
    await launch()
    await round()
    assert.containsSubset(await jobs(), [{ status: 'held', reason: 'throttled', attempts: 0 }])

    for (let minutes = 0; minutes < 59; minutes += 10) {
      clock.pass(10 * M - S)
      await launch()
      await round()
    }
    assert.lengthOf(phone.texts, 1)

    phone.answer = ACCEPTED
    clock.pass(2 * M)
    await round()
    assert.lengthOf(phone.texts, 2)
    assert.containsSubset(await counts(), { in_digest: 7, held_throttled: 0 })
    const [{ refusals }] = await db.from('wechat_bot_bindings')
    assert.equal(refusals, 0)
  })

  test('go at once in one digest when the user has written', async ({ assert }) => {
    const { bind, write, launch, round, phone, clock } = await wechatSending()
    const binding = await bind({ sendsSinceInbound: 10, pushesSinceInbound: 5 })
    for (let stored = 0; stored < 5; stored++) await launch()
    await round()
    assert.lengthOf(phone.texts, 0)
    assert.containsSubset(await jobs(), [{ status: 'held', reason: 'quota' }])

    clock.pass(H)
    await write(binding)
    await round()
    assert.lengthOf(phone.texts, 1)
    assert.containsSubset(await counts(), { in_digest: 5 })
  })

  test('that nobody answered for are repeated once when they tell of one launch, never as a digest', async ({
    assert,
  }) => {
    const { bind, launch, round, phone, clock } = await wechatSending()
    await bind()
    phone.answer = UNKNOWN
    await launch()
    await round()
    clock.pass(M)
    await round()
    clock.pass(M)
    await round()
    assert.lengthOf(phone.texts, 2)

    await launch()
    await launch()
    await round()
    clock.pass(H)
    await round()
    assert.lengthOf(phone.texts, 3)
    assert.containsSubset(await counts(), { unknown: 3, waiting: 0 })
  })

  test('that are taken without an id are counted apart and told as a number', async ({
    assert,
  }) => {
    const { bind, launch, round, phone, clock } = await wechatSending()
    await bind()
    phone.answer = { kind: 'unconfirmed' }
    await launch()
    await round()
    phone.answer = ACCEPTED
    clock.pass(M)
    await launch()
    await launch()
    await round()

    assert.containsSubset(await counts(), { unconfirmed: 1, in_digest: 2 })
    assert.match(phone.texts[1]!, /1/)
  })

  test('too old to be told by name are told as a number, once', async ({ assert }) => {
    const { bind, write, launch, round, clock } = await wechatSending()
    const binding = await bind({ sendsSinceInbound: 10 })
    await launch()
    await round()
    clock.pass(25 * H)
    await givePro(binding.userId, clock)
    await launch()
    await launch()
    await round()
    await write(binding)
    await round()

    const [expired, told] = await jobs()
    assert.containsSubset([expired, told], [{ status: 'expired' }, { status: 'sent' }])
    assert.equal(Number(expired!.message_id), Number(told!.message_id))
    assert.containsSubset(await counts(), {
      expired_held: 1,
      in_digest: 2,
    })
  })

  test('are noted as accepted also when the database was away at that moment', async ({
    assert,
  }) => {
    const faults: string[] = []
    const { bind, launch, round, phone } = await wechatSending({
      onFault: ({ message }) => faults.push(message),
    })
    await bind()
    await launch()
    phone.answer = async () => {
      loseDatabaseOnce()
      return ACCEPTED
    }
    await round()

    assert.deepEqual(faults, ['the database is away'])
    assert.lengthOf(phone.texts, 1)
    assert.containsSubset(await messages(), [{ result: 'accepted' }])
    assert.containsSubset(await counts(), { sent: 1, waiting: 0 })
  })

  test('are put off for a moment when the database is away before them, and lose no try', async ({
    assert,
  }) => {
    const faults: string[] = []
    const { bind, launch, plan, round, clock, phone } = await wechatSending({
      onFault: ({ message }) => faults.push(message),
    })
    await bind()
    await launch()
    await plan()
    loseDatabaseOnce()
    await round()
    clock.pass(9 * S)
    await round()
    assert.deepEqual(faults, ['the database is away'])
    assert.isEmpty(phone.texts)
    assert.containsSubset(await jobs(), [{ status: 'pending', attempts: 0 }])

    clock.pass(S)
    await round()
    assert.lengthOf(phone.texts, 1)
    assert.containsSubset(await jobs(), [{ status: 'sent', attempts: 1 }])
  })

  test('count the same message once when two senders are at nine of ten', async ({ assert }) => {
    const { bind, sender, clock, phone } = await wechatSending()
    const binding = await bind({ sendsSinceInbound: 9 })
    const message = {
      ...({ kind: 'keepalive', text: 'a', jobs: [], counted: null, asksToWrite: true } as const),
    }
    const results = await Promise.all([
      sender.send(binding, message),
      sender.send(binding, message),
    ])

    assert.lengthOf(
      results.filter((result) => result !== null),
      1
    )
    assert.lengthOf(phone.texts, 1)
    await binding.refresh()
    assert.equal(binding.sendsSinceInbound, 10)
    assert.equal(binding.lastSendAt, clock.now())
  })

  test('of a binding that another process polls now are left to it', async ({ assert }) => {
    const { bind, sender, phone } = await wechatSending()
    const binding = await bind()
    await db.from('wechat_bot_bindings').update({ poll_fence: 2, poll_owner: 'another' })
    const message = {
      kind: 'reply',
      text: 'a',
      jobs: [],
      counted: null,
      asksToWrite: false,
    } as const
    assert.isNull(await sender.send(binding, message))
    assert.isEmpty(phone.texts)
  })

  test('with a dead token end the binding, and what they would have told waits for a new login', async ({
    assert,
  }) => {
    const { bind, launch, round, phone } = await wechatSending()
    await bind()
    phone.answer = { kind: 'dead', ret: -14, errcode: 0, text: 'session timeout' }
    await launch()
    await round()
    const [binding] = await db.from('wechat_bot_bindings')
    assert.containsSubset(binding, { status: 'expired', reason: 'session_expired' })
    assert.containsSubset(await jobs(), [
      { status: 'held', reason: 'unbound', attempts: 0, message_id: null },
    ])
  })

  test('ask the user to write once in a window, also when there is nothing to tell', async ({
    assert,
  }) => {
    const { bind, keepAlive, clock, phone } = await wechatSending()
    await bind()
    for (let hours = 0; hours < 23; hours++) {
      clock.pass(H)
      await keepAlive.round()
    }
    assert.lengthOf(phone.texts, 1)
  })

  test('ask the user to write also where one launch is told late in a window', async ({
    assert,
  }) => {
    const { bind, launch, round, keepAlive, clock, phone } = await wechatSending()
    await bind()
    clock.pass(10 * H)
    await launch()
    await round()
    await keepAlive.round()
    assert.lengthOf(phone.texts, 1)
    assert.match(phone.texts[0]!, /任意|回复/)
  })

  test('are held in quiet hours and while they are muted', async ({ assert }) => {
    const { bind, launch, round, phone, clock } = await wechatSending()
    const { userId } = await bind()
    const preference = await wantCreated(userId, 'name:x')
    await preference.merge({ mutedUntil: clock.now() + H }).save()
    await launch()
    await round()
    assert.containsSubset(await jobs(), [{ status: 'held', reason: 'muted' }])

    clock.pass(H + S)
    await round()
    assert.lengthOf(phone.texts, 1)
  })

  test('of what was told and taken back since are a line of the next digest, and no message of their own', async ({
    assert,
  }) => {
    const { bind, launch, round, phone, clock } = await wechatSending()
    await bind()
    const launchId = await launch({ symbol: 'GONE' })
    await round()
    await db.from('launch_events').where('id', launchId).update({ removed_at: 1, planned_at: null })
    clock.pass(M)
    await round()
    assert.lengthOf(phone.texts, 1)

    await launch({ symbol: 'NEWS' })
    await round()
    assert.lengthOf(phone.texts, 2)
    assert.match(phone.texts[1]!, /GONE/)
    assert.containsSubset(await counts(), { sent: 1, in_digest: 2 })
  })
})

/** The next transaction cannot begin. */
function loseDatabaseOnce() {
  const { transaction } = db
  db.transaction = async () => {
    db.transaction = transaction
    throw new DatabaseUnreachable('the database is away')
  }
}
