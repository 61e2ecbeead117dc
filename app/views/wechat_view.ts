import wechatConfig from '#config/wechat'
import { qrCode } from '#views/qr_code'
import type { Viewer } from '#http/viewer'
import type { BindingState } from '#wechat/binding/binding_state'
import { CODE_LIFE_MS } from '#wechat/binding/qr_login'
import { HOLDS } from '#models/reasons'
import { ENDS, type Outlook } from '#wechat/sending/outlook'
import type { RequestedTest } from '#wechat/sending/requested_test'
import type WechatBotBinding from '#models/wechat_bot_binding'
import type WechatQrLogin from '#models/wechat_qr_login'

/** The page on which a user binds their WeChat. */
export function wechatView(
  { binding, login, test, key }: BindingState,
  /** Of an active binding. */
  outlook: Outlook | null,
  viewer: Viewer
) {
  const isOpen = login !== null && login.endedAt === null
  return {
    isEnabled: wechatConfig.isEnabled,
    key,
    login: isOpen ? loginView(login, viewer) : null,
    problem: login !== null && !isOpen ? login.state : null,
    binding: binding && bindingView(binding, viewer),
    outlook: outlook && outlookView(outlook, viewer),
    test: test && testView(test, viewer),
  }
}

function loginView({ state, content, codes, codeAt }: WechatQrLogin, { now }: Viewer) {
  const isScanned = state !== 'waiting'
  return {
    state,
    code: isScanned ? null : qrCode(content),
    codes,
    /** Seconds until the next code is shown, as far as is known. */
    secondsLeft: Math.max(0, Math.ceil((codeAt + CODE_LIFE_MS - now) / 1000)),
    asksForDigits: state === 'needs_code' || state === 'wrong_code',
  }
}

function bindingView(binding: WechatBotBinding, { localTime }: Viewer) {
  const { status, reason, boundAt, endedAt, lastInboundAt } = binding
  return {
    stage: status === 'active' && lastInboundAt === null ? 'first' : status,
    isTakenOver: reason === 'bound_again',
    boundAt: localTime(boundAt),
    endedAt: endedAt === null ? null : localTime(endedAt),
    wroteAt: lastInboundAt === null ? null : localTime(lastInboundAt),
  }
}

/** What can still be sent, and what waits for what. */
function outlookView(outlook: Outlook, { now, localTime }: Viewer) {
  const { left, openUntil, closedBy, waiting, acceptedAt } = outlook
  return {
    left,
    closedBy,
    /** Seconds until the window closes. */
    secondsLeft: openUntil === null ? 0 : Math.max(0, Math.ceil((openUntil - now) / 1000)),
    waiting,
    held: countsOf(HOLDS, outlook.held),
    ended: countsOf(ENDS, outlook.ended),
    acceptedAt: acceptedAt === null ? null : localTime(acceptedAt),
  }
}

/** Those of which there are any, in their order. */
function countsOf<Reason extends string>(
  reasons: readonly Reason[],
  counts: Partial<Record<Reason, number>>
) {
  return reasons.flatMap((reason) => {
    const events = counts[reason] ?? 0
    return events > 0 ? [{ reason, events }] : []
  })
}

/** What became of a test, and whether another may be asked for. */
function testView({ askedAt, state, hold, goesAt }: RequestedTest, { localTime }: Viewer) {
  return {
    state,
    hold,
    askedAt: localTime(askedAt),
    goesAt: goesAt === null ? null : localTime(goesAt),
    isUnderWay: state === 'waiting' || state === 'held' || state === 'sending',
  }
}
