import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import type { SendResult } from '#wechat/ilink/sent'
import { settleLostMessages } from '#delivery/messages/lost_messages'
import { MessageSender } from '#wechat/sending/message_sender'
import type { OutgoingMessage } from '#wechat/sending/stored_message'
import type WechatBotBinding from '#models/wechat_bot_binding'
import { WechatChannel } from '#wechat/sending/wechat_channel'
import { WECHAT_MESSAGES } from '#wechat/sending/wechat_subscribers'
import { channelConforms } from '#tests/support/channel_conformance'
import { emptyDatabase } from '#tests/support/database'
import { jobs } from '#tests/support/delivery'
import { givePro } from '#tests/support/plans'
import {
  ACCEPTED,
  PlayPhone,
  POLLER,
  storeOpenBinding,
  wantCreated,
  wechatSending,
} from '#tests/support/wechat_sending'

/** Keeps which events were accepted: a message names none of their ids. */
class ReadableSender extends MessageSender {
  readonly received: string[] = []

  override async send(binding: WechatBotBinding, message: OutgoingMessage) {
    const result = await super.send(binding, message)
    if (result?.kind === 'accepted') {
      this.received.push(...message.jobs.map(({ eventId }) => eventId))
    }
    return result
  }
}

const ANSWERS: Record<string, SendResult> = {
  'accepts': ACCEPTED,
  'fails': { kind: 'unsent', why: 'connect ECONNREFUSED', retryAfterMs: null },
  'is gone': { kind: 'dead', ret: -14, errcode: 0, text: 'session timeout' },
}

test.group(
  'WeChat as a channel',
  channelConforms(async () => {
    const phone = new PlayPhone()
    const onFault = (error: Error) => {
      throw error
    }
    const sender = new ReadableSender(phone, systemClock, onFault)
    const retry = { waits: [10], maxRetries: 1000 }
    return {
      channel: new WechatChannel({ sender, owner: POLLER, clock: systemClock, retry, onFault }),
      add: async (userId?: number) => {
        const wroteAt = { lastInboundAt: systemClock.now() - 60_000, boundAt: 0 }
        const binding = await storeOpenBinding(systemClock, {
          ...wroteAt,
          ...(userId && { userId }),
        })
        if (!userId) await givePro(binding.userId)
        await wantCreated(binding.userId, '1 == 1')
        return binding.id
      },
      answer: (how) => {
        phone.answer = ANSWERS[how]!
      },
      received: () => sender.received,
    }
  })
)

test.group('A process of WeChat that is killed after a request', (group) => {
  group.each.setup(() => emptyDatabase())

  const results = async () => {
    const rows = await db.from('wechat_messages').orderBy('id').select('result')
    return rows.map(({ result }) => result)
  }

  /** Claims are those of a process that is no more, and its messages have no result. */
  async function killed(launches: number) {
    const sending = await wechatSending()
    await sending.bind()
    let reached = () => {}
    const isSent = new Promise<void>((resolve) => (reached = resolve))
    let answer = (_: SendResult) => {}
    sending.phone.answer = () => {
      reached()
      return new Promise((resolve) => (answer = resolve))
    }
    for (let stored = 0; stored < launches; stored++) await sending.launch()
    const killedRound = sending.round()
    await isSent
    sending.clock.pass(600_000)
    await settleLostMessages(WECHAT_MESSAGES, sending.clock.now())
    const settled = () => {
      answer(ACCEPTED)
      return killedRound
    }
    return { ...sending, settled }
  }

  test('has one launch told once more', async ({ assert }) => {
    const { phone, clock, round } = await killed(1)
    assert.containsSubset(await jobs(), [{ status: 'pending', attempts: 1 }])

    phone.answer = ACCEPTED
    clock.pass(60_000)
    await round()
    assert.lengthOf(phone.texts, 2)
    assert.containsSubset(await jobs(), [{ status: 'sent' }])
    assert.deepEqual(await results(), ['unknown', 'accepted'])
  })

  test('and was only slow tells late that it was accepted, and the launch is not told again', async ({
    assert,
  }) => {
    const { phone, clock, round, settled } = await killed(1)
    await settled()

    clock.pass(60_000)
    await round()
    assert.lengthOf(phone.texts, 1)
    assert.containsSubset(await jobs(), [{ status: 'sent' }])
    assert.deepEqual(await results(), ['accepted'])
  })

  test('has no digest told again, which counts as told when its answer comes after all', async ({
    assert,
  }) => {
    const { phone, clock, round, settled } = await killed(3)
    const ended = await jobs()
    assert.isTrue(ended.every((job) => job.reason === 'unknown_outcome' && job.status === 'failed'))
    await settled()

    clock.pass(3_600_000)
    await round()
    assert.lengthOf(phone.texts, 1)
    const told = await jobs()
    assert.isTrue(told.every((job) => job.reason === null && job.status === 'sent'))
    assert.deepEqual(await results(), ['accepted'])
  })
})
