import type { Knobs } from '#demo/wechat/knobs'

/** What the server knows of a bot's messages when the next one comes. Times are epoch milliseconds. */
export interface Sending {
  lastInboundAt: number | null
  /** Accepted since then. */
  count: number
  /** When messages were accepted, and which of them answered nothing. The last ones only. */
  sentAt: number[]
  pushedAt: number[]
  throttledUntil: number
}

export type Ruling = { accepted: true } | { accepted: false; words: string; why: Refusal }

export type Refusal = 'throttled' | 'burst' | 'pushes' | 'closed' | 'quota' | 'too_long'

/** No rule looks further back. */
const KEPT = 20

/** Decides about a message, and writes it down. */
export function rule(sending: Sending, text: string, knobs: Knobs, now: number): Ruling {
  const why = refusalOf(sending, text, knobs, now)
  if (why === null) {
    accept(sending, knobs, now)
    return { accepted: true }
  }
  if (why === 'throttled') {
    sending.throttledUntil += knobs.escalateMs
  }
  if (why === 'burst' || why === 'pushes') {
    sending.throttledUntil = now + knobs.throttleMs
  }
  return { accepted: false, why, words: wordsFor(why, knobs) }
}

/** The person has written: a new window, a new quota. */
export function openWindow(sending: Sending, knobs: Knobs, now: number) {
  sending.lastInboundAt = now
  sending.count = 0
  sending.pushedAt = []
  if (!knobs.throttleOutlastsInbound) {
    sending.throttledUntil = 0
  }
}

function refusalOf(sending: Sending, text: string, knobs: Knobs, now: number): Refusal | null {
  const { burst, pushes } = knobs
  const since = (times: number[], ms: number) => times.filter((at) => now - at < ms).length
  if (now < sending.throttledUntil) return 'throttled'
  if (Buffer.byteLength(text) > knobs.mostBytes) return 'too_long'
  if (sending.lastInboundAt === null) return null
  if (now - sending.lastInboundAt >= knobs.windowMs) return 'closed'
  if (sending.count >= knobs.limit) return 'quota'
  if (since(sending.sentAt, burst.withinMs) >= burst.message - 1) return 'burst'
  if (isAnswer(sending, knobs, now)) return null
  return since(sending.pushedAt, pushes.withinMs) >= pushes.message - 1 ? 'pushes' : null
}

function accept(sending: Sending, knobs: Knobs, now: number) {
  if (!isAnswer(sending, knobs, now)) {
    sending.pushedAt = [...sending.pushedAt, now].slice(-KEPT)
  }
  sending.sentAt = [...sending.sentAt, now].slice(-KEPT)
  sending.count++
}

/** What follows soon after the person wrote is an answer, and was never throttled for being many. */
function isAnswer({ lastInboundAt }: Sending, { pushes }: Knobs, now: number): boolean {
  return lastInboundAt !== null && now - lastInboundAt < pushes.answerMs
}

function wordsFor(why: Refusal, { words }: Knobs): string {
  switch (why) {
    case 'throttled':
      return words.pushes
    case 'too_long':
      return words.tooLong
    default:
      return words[why]
  }
}
