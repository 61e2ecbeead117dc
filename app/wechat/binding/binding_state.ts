import type WechatBotBinding from '#models/wechat_bot_binding'
import type WechatQrLogin from '#models/wechat_qr_login'
import { newestLogin } from '#wechat/binding/qr_login'
import { currentBinding } from '#wechat/binding/unbind'
import { requestedTest, type RequestedTest } from '#wechat/sending/requested_test'

/** How a user stands with WeChat. */
export interface BindingState {
  /** The active one, or the one that ended last. */
  binding: WechatBotBinding | null
  /** The one that goes on, or the last one where it ended without a binding. */
  login: WechatQrLogin | null
  /** The test message that was last asked for over an active binding. */
  test: RequestedTest | null
  /** Another text whenever a page about it has to say something else. */
  key: string
}

/** Reads it as it is at `now`, in epoch milliseconds. */
export async function bindingState(userId: number, now: number): Promise<BindingState> {
  const [binding, newest] = await Promise.all([currentBinding(userId), newestLogin(userId)])
  const isTold = newest && TOLD.has(newest.state) && newest.createdAt >= (binding?.boundAt ?? 0)
  const login = newest && (newest.endedAt === null || isTold) ? newest : null
  const test = binding?.status === 'active' ? await requestedTest(binding, now) : null
  const parts = [
    binding && [binding.id, binding.status, binding.boundAt, ...sendingOf(binding)],
    login && [login.id, login.state, login.codes],
    test && [test.askedAt, test.state, test.hold],
  ]
  return { binding, login, test, key: parts.flat().join('.') }
}

/** Changes with every message of either side, and with a refusal. */
function sendingOf({ inboundSeq, sendsSinceInbound, refusedAt }: WechatBotBinding) {
  return [inboundSeq, sendsSinceInbound, refusedAt]
}

/** Ends of a login that its user has to be told of. */
const TOLD = new Set(['expired', 'blocked', 'taken', 'untrusted', 'failed'])
