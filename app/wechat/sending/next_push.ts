import type { Hold } from '#models/reasons'
import { budgetOf, closedBy } from '#wechat/sending/gate'
import type { Closed, GateState } from '#wechat/sending/gate'
import * as limits from '#wechat/sending/limits'

/** What waits for a binding. */
export interface Waiting {
  /** Events that may be told, without those that only take back what was told. */
  events: number
  /** The owner's plan goes first. */
  isFirst: boolean
}

export const NOTHING_WAITS: Waiting = { events: 0, isFirst: false }

/** What the user wants at this moment. */
export interface Wish {
  /** Quiet hours, or pushes that are muted; null: neither. */
  silence: Closed | null
  /** May be asked to write when there is nothing else to tell. */
  keepsAlive: boolean
}

/** When the next push of a binding goes. */
export interface NextPush {
  /** Epoch milliseconds; Infinity: not before something happens. */
  opensAt: number
  /** Why jobs are held until then; null: they wait for their turn. */
  hold: Hold | null
}

/** When what waits for a binding is told, as it is seen at `now`, in epoch milliseconds. */
export function nextPush(state: GateState, waiting: Waiting, wish: Wish, now: number): NextPush {
  const closed = closedBy(state, now) ?? wish.silence
  if (closed) {
    return { opensAt: closed.until ?? Infinity, hold: closed.reason }
  }
  // What only takes something back is no reason for a message.
  const opensAt = waiting.events === 0 ? Infinity : pacedTime(state, waiting, now)
  return { opensAt, hold: null }
}

/** When the user is asked to write and nothing else is told; Infinity: not before something happens. */
export function keepAliveTime(state: GateState, wish: Wish, now: number): number {
  if (!wish.keepsAlive || closedBy(state, now) !== null) {
    return Infinity
  }
  return Math.max(asksAt(state, now), wish.silence?.until ?? 0, spacedTime(state))
}

/** Whether a message that goes now should ask the user to write. */
export function asksToWrite(state: GateState, now: number): boolean {
  return budgetOf(state, now).left <= 1 || now >= asksAt(state, now)
}

/** Once in a window: at ten hours, or sooner in one that is known to end sooner. */
function asksAt(state: GateState, now: number): number {
  const { openUntil } = budgetOf(state, now)
  if (openUntil === null || state.keepaliveSentFor === state.inboundSeq) {
    return Infinity
  }
  const windowMs = openUntil - state.lastInboundAt!
  return state.lastInboundAt! + Math.min(limits.KEEP_ALIVE_MS, windowMs * limits.KEEP_ALIVE_SHARE)
}

function pacedTime(state: GateState, waiting: Waiting, now: number): number {
  const spaced = spacedTime(state)
  const { left, openUntil } = budgetOf(state, now)
  const isLast = left === 1
  if (state.pushesSinceInbound < limits.QUICK_PUSHES && !isLast) {
    return spaced
  }
  const lastPushAt = state.lastPushAt ?? state.lastInboundAt!
  const wanted = lastPushAt + distance(state, waiting, isLast)
  const lastMoment = openUntil! - limits.WINDOW_MARGIN_MS - limits.LAST_MOMENT_MS
  const pressing = isLast && waiting.events >= limits.MANY_WAITING ? now : lastMoment
  const soonest = lastPushAt + limits.LEAST_DISTANCE_MS
  // A message that asks for a word anyway may as well tell what waits.
  const asking = Math.max(asksAt(state, now), soonest)
  return Math.max(spaced, Math.min(wanted, Math.max(soonest, pressing), asking))
}

/** The last message waits half an hour at least, also when those before it did not. */
function distance(
  { pushesSinceInbound: pushes }: GateState,
  { isFirst }: Waiting,
  isLast: boolean
): number {
  const { DISTANCES_MS, QUICK_PUSHES } = limits
  const step = Math.min(Math.max(0, pushes - QUICK_PUSHES), DISTANCES_MS.length - 1)
  const ms = DISTANCES_MS[step]!
  return isFirst && !isLast ? ms / 2 : ms
}

/** Never right behind another message, nor before the answer to what the user wrote. */
function spacedTime({ lastSendAt, lastInboundAt }: GateState): number {
  return Math.max(lastSendAt ?? 0, lastInboundAt ?? 0) + limits.SPACING_MS
}
