import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import PushAlert from '#models/push_alert'
import { ILinkFailure } from '#wechat/ilink/answer'
import { emptyDatabase } from '#tests/support/database'
import { written } from '#tests/support/ilink_messages'
import { idleAt, pollAsScripted } from '#tests/support/scripted_polls'

const LAPSED = { kind: 'lapsed' } as const
const DEAD = { kind: 'dead', ret: 0, errcode: -14, text: 'session timeout' } as const

test.group('A poller', (group) => {
  group.each.setup(() => emptyDatabase())

  test('asks from where the last answer ended, and hands on what is stored', async ({ assert }) => {
    const { asked, answered, read } = await pollAsScripted((binding) => ({
      polls: [
        idleAt('c1'),
        {
          kind: 'messages',
          cursor: 'c2',
          holdMs: null,
          messages: [written(binding, '/status')],
        },
        { kind: 'messages', cursor: null, holdMs: null, messages: [] },
        idleAt('c3'),
      ],
    }))

    assert.deepEqual(asked, ['', 'c1', 'c2', 'c2'])
    assert.deepEqual(
      answered.map(({ text }) => text),
      ['/status']
    )
    assert.containsSubset(await read(), { cursor: 'c2' }, 'that of an idle poll is stored later')
  })

  test('leaves positions of idle polls to be stored together, unless a newer one is', async ({
    assert,
  }) => {
    const { idle, read } = await pollAsScripted(() => ({ polls: [idleAt('c1'), idleAt('c2')] }))
    assert.containsSubset(await read(), { cursor: '' })

    await idle.store()
    assert.containsSubset(await read(), { cursor: 'c2' })

    await db.from('wechat_bot_bindings').update({ poll_fence: 9 })
    const { id } = await read()
    idle.note({ id, fence: 1 }, 'late', 1)
    await idle.store()
    assert.containsSubset(await read(), { cursor: 'c2' })
  })

  test('ends the binding at a dead token, and tells the user on other ways out', async ({
    assert,
  }) => {
    const { asked, read, clock } = await pollAsScripted(() => ({
      polls: [idleAt('c1'), DEAD, idleAt('never')],
    }))

    assert.lengthOf(asked, 2)
    const binding = await read()
    assert.containsSubset(binding, {
      status: 'expired',
      reason: 'session_expired',
      detail: 'session timeout',
      endedAt: clock.now(),
    })
    const [alert, ...others] = await PushAlert.all()
    assert.isEmpty(others)
    assert.containsSubset(alert, {
      kind: 'binding.expired',
      ownerId: binding.userId,
      endpointId: null,
      since: clock.now(),
    })
    assert.isNotNull(alert!.acknowledgedAt, 'it is not for the operator to do something about it')
  })

  test('ends the binding where the token is dead before the first poll', async ({ assert }) => {
    const { asked, read } = await pollAsScripted(() => ({ announced: DEAD, polls: [] }))

    assert.isEmpty(asked)
    assert.containsSubset(await read(), { status: 'expired' })
  })

  test('takes three answers in a row without messages and position for a dead token', async ({
    assert,
  }) => {
    const twice = await pollAsScripted(() => ({ polls: [LAPSED, LAPSED, idleAt('c1'), LAPSED] }))
    assert.containsSubset(await twice.read(), { status: 'active', lapses: 1 })

    const thrice = await pollAsScripted(() => ({ polls: [LAPSED, LAPSED, LAPSED] }))
    assert.containsSubset(await thrice.read(), { status: 'expired' })
  })

  test('waits longer each time while the server fails, and obeys its Retry-After', async ({
    assert,
  }) => {
    const broken = new ILinkFailure('lost', 'HTTP 524')
    const busy = new ILinkFailure('unsent', 'HTTP 429', { retryAfterMs: 90_000 })
    const { slept, read } = await pollAsScripted(() => ({
      polls: [broken, broken, broken, busy, idleAt('c1'), broken, idleAt('c2')],
    }))

    assert.deepEqual(slept.slice(0, 4), [2000, 4000, 8000, 90_000])
    assert.containsSubset(await read(), { status: 'active' })
  })

  test('stores nothing once another process has taken the binding, and ends', async ({
    assert,
  }) => {
    const { asked, answered, read } = await pollAsScripted((binding) => ({
      polls: [
        idleAt('c1'),
        async () => {
          await db.from('wechat_bot_bindings').increment('poll_fence', 1)
          return {
            kind: 'messages',
            cursor: 'c2',
            holdMs: null,
            messages: [written(binding, 'hi')],
          }
        },
        idleAt('never'),
      ],
    }))

    assert.lengthOf(asked, 2)
    assert.isEmpty(answered)
    assert.isEmpty(await db.from('wechat_inbound_messages'))
    assert.containsSubset(await read(), { cursor: '', status: 'active' })
  })
})
