import { backoff } from '#foundation/backoff'
import type { Hold } from '#models/reasons'
import type WechatBotBinding from '#models/wechat_bot_binding'
import type { MessageKind } from '#models/wechat_message'
import * as limits from '#wechat/sending/limits'

/**
 * What decides whether a binding may be sent to: what is stored of it. Times are epoch milliseconds.
 *
 * A binding begins *first*: before the user's first message nothing is sent. Each message of the user
 * makes it *open*: pushes go at growing distances, and the last one that the quota allows waits for
 * the last moment that is worth it. With the quota used up it is *spent*, with the window over
 * *closed*. A refusal makes it *throttled*: nothing goes until the user writes or the pause is over.
 * If the push after the user's message is refused again, only time helps.
 */
export type GateState = Pick<WechatBotBinding, (typeof STATE_PARTS)[number]>

export const STATE_PARTS = [
  /** How many messages of the user have opened a window; 0: the user has not written yet. */
  'inboundSeq',
  'lastInboundAt',
  /** Answers included, and what was refused. */
  'sendsSinceInbound',
  /** Those that were not asked for. */
  'pushesSinceInbound',
  'lastSendAt',
  'lastPushAt',
  /** The window in which the user was last asked to write. */
  'keepaliveSentFor',
  /** Since a push was last accepted. */
  'refusals',
  'refusedAt',
  'learnedLimit',
  'learnedWindowMs',
  'learnedAt',
] as const

/** What happens to a binding. */
export type GateEvent =
  | { kind: 'inbound' }
  /** A message is about to be sent: it counts, whatever comes of it. */
  | { kind: 'sending'; message: MessageKind; asksToWrite: boolean }
  /** What became of it. `unsent`: it did not leave, so it does not count. */
  | { kind: 'accepted' | 'refused' | 'unsent'; message: MessageKind }

/** The state after an event at `now`, in epoch milliseconds. */
export function gate(state: GateState, event: GateEvent, now: number): GateState {
  switch (event.kind) {
    case 'inbound':
      return {
        ...state,
        inboundSeq: state.inboundSeq + 1,
        lastInboundAt: now,
        sendsSinceInbound: 0,
        pushesSinceInbound: 0,
      }
    case 'sending':
      return {
        ...state,
        sendsSinceInbound: state.sendsSinceInbound + 1,
        lastSendAt: now,
        ...(event.message !== 'reply' && {
          pushesSinceInbound: state.pushesSinceInbound + 1,
          lastPushAt: now,
        }),
        ...(event.asksToWrite && { keepaliveSentFor: state.inboundSeq }),
      }
    case 'accepted':
      return event.message === 'reply' ? state : { ...state, refusals: 0, refusedAt: null }
    case 'refused':
      return refused(state, now)
    case 'unsent':
      return {
        ...state,
        sendsSinceInbound: state.sendsSinceInbound - 1,
        pushesSinceInbound: state.pushesSinceInbound - (event.message === 'reply' ? 0 : 1),
      }
  }
}

/** An answer beyond the quota is refused as expected, which says nothing new. */
function refused(state: GateState, now: number): GateState {
  const accepted = state.sendsSinceInbound - 1
  if (accepted >= limitOf(state, now)) {
    return state
  }
  const throttled = { ...state, refusals: state.refusals + 1, refusedAt: now }
  const ageMs = now - (state.lastInboundAt ?? now)
  if (ageMs > limits.OLD_WINDOW_MS) {
    const learnedWindowMs = Math.min(ageMs, windowOf(state, now))
    return { ...throttled, learnedWindowMs, learnedAt: now }
  }
  return accepted < limits.LEAST_LIMIT
    ? throttled
    : { ...throttled, learnedLimit: accepted, learnedAt: now }
}

/** What a user may be sent before writing again. */
export interface Budget {
  /** Messages; 0 when the window is over. */
  left: number
  /** When the window ends, in epoch milliseconds; null before the first message of the user. */
  openUntil: number | null
}

export function budgetOf(state: GateState, now: number): Budget {
  if (state.lastInboundAt === null) {
    return { left: 0, openUntil: null }
  }
  const openUntil = state.lastInboundAt + windowOf(state, now)
  const left = now < openUntil ? Math.max(0, limitOf(state, now) - state.sendsSinceInbound) : 0
  return { left, openUntil }
}

/** Messages that this binding is sent in a window at most. */
export function limitOf(state: GateState, now: number): number {
  return (remembers(state, now) ? state.learnedLimit : null) ?? limits.MESSAGES_PER_INBOUND
}

function windowOf(state: GateState, now: number): number {
  return (remembers(state, now) ? state.learnedWindowMs : null) ?? limits.WINDOW_MS
}

function remembers({ learnedAt }: GateState, now: number): boolean {
  return learnedAt !== null && now - learnedAt < limits.REMEMBERED_MS
}

/** Why a binding may be sent no push now. `until` is in epoch milliseconds; null: something must happen. */
export interface Closed {
  reason: Hold
  until: number | null
}

/** Whether pushes may go at `now` (epoch milliseconds), as far as WeChat is concerned; null: they may. */
export function closedBy(state: GateState, now: number): Closed | null {
  const { left, openUntil } = budgetOf(state, now)
  if (openUntil === null) {
    return { reason: 'first_message', until: null }
  }
  if (now >= openUntil - limits.WINDOW_MARGIN_MS) {
    return { reason: 'window', until: null }
  }
  const throttledUntil = throttleEnd(state)
  if (now < throttledUntil) {
    return { reason: 'throttled', until: throttledUntil }
  }
  return left === 0 ? { reason: 'quota', until: null } : null
}

/** One message of the user ends the first pause; after a second refusal only time does. */
function throttleEnd({ refusals, refusedAt, lastInboundAt }: GateState): number {
  if (refusedAt === null) {
    return 0
  }
  const hasWritten = lastInboundAt !== null && lastInboundAt > refusedAt
  return hasWritten && refusals === 1 ? 0 : refusedAt + backoff(limits.THROTTLE, refusals - 1)
}
