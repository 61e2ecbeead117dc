import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import WechatBotBinding from '#models/wechat_bot_binding'
import type { JobReason } from '#models/reasons'
import type { InboundMessage } from '#wechat/ilink/inbound'
import { LeaseLostError } from '#foundation/db/lease'
import { PollingLease } from '#wechat/polling/polling_lease'
import { storeUpdates } from '#wechat/polling/store_updates'
import { emptyDatabase } from '#tests/support/database'
import { jobs } from '#tests/support/delivery'
import { written } from '#tests/support/ilink_messages'
import { SettableClock } from '#tests/support/settable_clock'
import { storeBinding, storeHeld } from '#tests/support/wechat_bindings'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A bound user whose bot this process polls. */
async function polledBinding(columns: Partial<WechatBotBinding> = {}) {
  const clock = new SettableClock()
  const lease = new PollingLease(clock)
  const { id } = await storeBinding(columns)
  await lease.keep()
  const binding = await WechatBotBinding.findOrFail(id)
  const { userWxId, pollFence: fence } = binding
  const polling = { id, fence, userWxId, owner: lease.owner }

  return {
    binding,
    clock,
    polling,
    read: () => WechatBotBinding.findOrFail(id),
    said: (text: string, columnsOf: Partial<InboundMessage> = {}) =>
      written(binding, text, { createdAt: clock.now(), ...columnsOf }),
    store: (messages: InboundMessage[], { from = 'c1', cursor = 'c2' } = {}) =>
      storeUpdates(polling, { messages, from, cursor }, clock.now()),
  }
}

const stored = () => db.from('wechat_inbound_messages').orderBy('id')

test.group('Messages that a poll brought', (group) => {
  group.each.setup(() => emptyDatabase())

  test('are stored with the position behind them, the newest token and a new window', async ({
    assert,
  }) => {
    const { clock, said, store, read } = await polledBinding({
      sendsSinceInbound: 9,
      pushesSinceInbound: 8,
    })
    const messages = [
      said('/status', { createdAt: clock.now() - 2000, contextToken: 'older' }),
      said('how are you?', { createdAt: clock.now() - 1000, contextToken: 'newer' }),
    ]

    const fresh = await store(messages)

    assert.deepEqual(
      fresh.map(({ text }) => text),
      ['/status', 'how are you?']
    )
    assert.containsSubset(await read(), {
      cursor: 'c2',
      contextToken: 'newer',
      lastInboundAt: clock.now() - 1000,
      inboundSeq: 1,
      sendsSinceInbound: 0,
      pushesSinceInbound: 0,
    })
    const rows = await stored()
    assert.deepEqual(
      rows.map(({ command }) => command),
      ['/status', null],
      'what is no command is not kept'
    )
  })

  test('are stored all or none, and only by the process that polls', async ({ assert }) => {
    const { polling, said, clock, read } = await polledBinding()
    const brought = { messages: [said('/status')], from: '', cursor: 'c2' }
    const late = { ...polling, fence: polling.fence - 1 }

    await assert.rejects(() => storeUpdates(late, brought, clock.now()), LeaseLostError)

    assert.isEmpty(await stored())
    assert.containsSubset(await read(), { cursor: '', inboundSeq: 0 })
  })

  test('count once, whether they come again under their id or under another', async ({
    assert,
  }) => {
    const { clock, said, store, read } = await polledBinding()
    const first = said('/sub four', { id: '7001', contextToken: 'A' })
    const [answered] = await store([first])
    await db
      .from('wechat_inbound_messages')
      .where('id', answered!.id)
      .update({ handled_at: clock.now() })

    clock.pass(1000)
    assert.isEmpty(await store([{ ...first, contextToken: 'B' }]))
    clock.pass(45 * MINUTE)
    assert.isEmpty(await store([{ ...first, id: '7999', contextToken: 'C' }]))

    assert.lengthOf(await stored(), 1)
    assert.containsSubset(await read(), { contextToken: 'C', inboundSeq: 1 })
  })

  test('open no window while none of them brought a token: what is sent without one is never shown', async ({
    assert,
  }) => {
    const { clock, said, store, read } = await polledBinding({ contextToken: null })

    const [taken] = await store([said('/mute', { contextToken: null })])
    assert.equal(taken!.text, '/mute')
    assert.containsSubset(await read(), { inboundSeq: 0, lastInboundAt: null })

    clock.pass(1000)
    await store([said('hello', { contextToken: 'A' })])
    clock.pass(1000)
    await store([said('still there?', { contextToken: null })])
    assert.containsSubset(await read(), { inboundSeq: 2, contextToken: 'A' })
  })

  test('are answered after all when the commit that stored them was thought lost', async ({
    assert,
  }) => {
    const { said, store } = await polledBinding()
    const message = said('hello')

    const [first] = await store([message])
    const [again] = await store([message])

    assert.deepEqual(again, first)
  })

  test('have ids that are told apart above 2^53, and may have none', async ({ assert }) => {
    const { said, store } = await polledBinding()

    await store([
      said('one', { id: '9007199254740993' }),
      said('two', { id: '9007199254740992' }),
      said('three', { id: '18446744073709551615' }),
      said('four', { id: null }),
      said('five', { id: null, createdAt: null }),
    ])

    const rows = await stored()
    assert.deepEqual(
      rows.map(({ message_id: id }) => id),
      ['9007199254740993', '9007199254740992', '18446744073709551615', null, null]
    )
  })

  test('are not answered when they are old, and do not close a window that is open', async ({
    assert,
  }) => {
    const { clock, said, store, read } = await polledBinding()
    await store([said('/status', { contextToken: 'new' })])
    const now = clock.now()
    const old = (text: string, ago: number) =>
      said(text, { createdAt: now - ago, contextToken: 'old' })

    assert.isEmpty(await store([old('/mute 1h', 2 * HOUR)]))
    assert.isEmpty(await store([old('/sub four', 11 * MINUTE)], { from: '' }))
    assert.lengthOf(await store([old('/plans', 11 * MINUTE)]), 1, 'the position was not lost')

    assert.lengthOf(await stored(), 4)
    assert.containsSubset(await read(), {
      contextToken: 'new',
      lastInboundAt: now,
      inboundSeq: 1,
    })
  })

  test('are those of the bound person alone: none of a group, another person or our own', async ({
    assert,
  }) => {
    const { said, store, read } = await polledBinding()

    const fresh = await store([
      said('in a group', { groupId: 'g1' }),
      said('from another', { from: 'o8@im.wechat' }),
      said('our own', { isOwn: true }),
    ])

    assert.isEmpty(fresh)
    assert.isEmpty(await stored())
    const { inboundSeq } = await read()
    assert.equal(inboundSeq, 0)
  })

  test('confirm a message of ours that comes back, and what it told of, whatever its answer was', async ({
    assert,
  }) => {
    const { binding, said, store } = await polledBinding()
    const message = { binding_id: binding.id, kind: 'single', inbound_seq: 0, created_at: 1 }
    await db.table('wechat_messages').multiInsert([
      { ...message, client_id: 'lost', result: 'unknown' },
      { ...message, client_id: 'vague', result: 'unconfirmed' },
      { ...message, client_id: 'never', result: 'refused' },
    ])

    const [lost, vague] = await db.from('wechat_messages').orderBy('id').select('id')
    const [one, other] = await storeHeld(binding.id, ['window', 'window'])
    const doubtful = (reason: JobReason, { id: messageId }: { id: number }) =>
      ({ status: 'failed', reason, messageId }) as const
    await one!.merge(doubtful('unknown_outcome', lost)).save()
    await other!.merge(doubtful('unconfirmed', vague)).save()

    await store(['lost', 'vague'].map((clientId) => said('', { isOwn: true, clientId })))

    const rows = await db.from('wechat_messages').orderBy('id')
    assert.deepEqual(
      rows.map(({ result }) => result),
      ['accepted', 'accepted', 'refused']
    )
    const told = { status: 'sent', reason: null }
    assert.containsSubset(await jobs(), [told, told])
  })
})
