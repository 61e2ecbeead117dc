import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { Refusal } from '#foundation/errors'
import type { Hold } from '#models/reasons'
import WechatBotBinding from '#models/wechat_bot_binding'
import WechatMessage from '#models/wechat_message'
import type { MessageResult } from '#models/message_result'
import { readGateInputs } from '#wechat/sending/gate_inputs'
import { FRESH_MS } from '#chat/messages/told_message'
import { nextPush } from '#wechat/sending/next_push'
import type { Waiting } from '#wechat/sending/next_push'

/** A test proves that messages go now. One that has waited longer than a launch may is not sent. */
const TEST_MS = FRESH_MS

/** What the gate is asked about: a test waits as one launch would. */
const ONE_EVENT: Waiting = { events: 1, isFirst: false }

/** A test message that a user has asked for. Times are epoch milliseconds. */
export interface RequestedTest {
  askedAt: number
  state: 'waiting' | 'held' | 'sending' | 'expired' | MessageResult
  /** Why it is held; null: it is not. */
  hold: Hold | null
  /** When its turn comes; null: it does not wait for its turn. */
  goesAt: number | null
}

/**
 * Asks for a test message over the user's binding: the process that polls it sends it when its gate
 * lets one launch through.
 *
 * @throws Refusal `not_bound` without an active binding, `test_under_way` while the last test waits
 */
export function requestTest(userId: number, clock: Pick<Clock, 'now'>): Promise<void> {
  return writeTransaction(async (client) => {
    const now = clock.now()
    const binding = await WechatBotBinding.query({ client })
      .where({ user_id: userId, status: 'active' })
      .forUpdate()
      .first()
    if (!binding) {
      throw new Refusal('conflict', 'not_bound', 'There is no WeChat to send a test to')
    }
    const last = await messageOf(binding)
    if (last ? last.result === null : isOpen(binding, now)) {
      throw new Refusal('conflict', 'test_under_way', 'The last test has not gone yet')
    }
    const newest = await WechatMessage.query({ client })
      .where('binding_id', binding.id)
      .orderBy('id', 'desc')
      .first()
    await binding.merge({ testAskedAt: now, testAfterId: newest?.id ?? 0 }).save()
  })
}

/** The test that was last asked for, as it stands at `now`; null: none. */
export async function requestedTest(
  binding: WechatBotBinding,
  now: number
): Promise<RequestedTest | null> {
  const { testAskedAt: askedAt } = binding
  if (askedAt === null) {
    return null
  }
  const test = { askedAt, hold: null, goesAt: null }
  const message = await messageOf(binding)
  if (message) {
    return { ...test, state: message.result ?? 'sending' }
  }
  const [inputs] = isOpen(binding, now) ? await readGateInputs(null, [binding.id], now) : []
  if (!inputs) {
    return { ...test, state: 'expired' }
  }
  const { opensAt, hold } = nextPush(inputs.binding, ONE_EVENT, inputs.wish, now)
  return hold ? { ...test, state: 'held', hold } : { ...test, state: 'waiting', goesAt: opensAt }
}

/** Bindings that a process polls and whose users have asked for a test of late. */
export async function bindingsToTest(owner: string, now: number): Promise<WechatBotBinding[]> {
  return WechatBotBinding.query()
    .where({ status: 'active', poll_owner: owner })
    .where('test_asked_at', '>', now - TEST_MS)
}

function isOpen({ testAskedAt }: WechatBotBinding, now: number): boolean {
  return testAskedAt !== null && now - testAskedAt < TEST_MS
}

/** By ids and not by times: the clocks of two machines differ. */
function messageOf({ id, testAfterId, $trx }: WechatBotBinding): Promise<WechatMessage | null> {
  return WechatMessage.query({ client: $trx })
    .where({ binding_id: id, kind: 'test' })
    .where('id', '>', testAfterId)
    .orderBy('id')
    .first()
}
