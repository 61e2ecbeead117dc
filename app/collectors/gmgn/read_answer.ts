import type { IncomingHttpHeaders } from 'node:http'
import { TransientError } from '#foundation/errors'

export interface HttpAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/**
 * - `rate`     GMGN accepts no request until `resumeAt`; an earlier one prolongs that
 * - `auth`     the key, the clock or the network address of this machine is not accepted
 * - `refused`  anything else that is no answer
 */
export type GmgnFailureKind = 'rate' | 'auth' | 'refused'

/** A request to GMGN that brought no lists. */
export class GmgnFailure extends TransientError<GmgnFailureKind> {
  constructor(
    kind: GmgnFailureKind,
    message: string,
    /** For `rate`: when the next request may be made, in epoch milliseconds. */
    readonly resumeAt: number | null = null
  ) {
    super(kind, message)
  }
}

/** The longest ban: what is waited for when GMGN does not say how long, in milliseconds. */
const LONGEST_BAN_MS = 300_000

/** An end of a ban that is later than this is none, in milliseconds: a time in another unit. */
const LONGEST_WAIT_MS = 3_600_000

/** Added to the end of a ban, because GMGN's clock and ours count whole seconds. In milliseconds. */
const AFTER_BAN_MS = 1_000

/** How far our clock may be from GMGN's, in milliseconds. */
const TOLERATED_MS = 5_000

/** GMGN's lists, as they came. */
export interface Trenches {
  newCreation: unknown[]
  nearCompletion: unknown[]
  completed: unknown[]
}

interface Body {
  code?: number | string
  error?: string
  message?: string
  reset_at?: number | string
  data?: Record<string, unknown>
}

/**
 * Reads the lists out of an answer. `now` is when it came, in epoch milliseconds.
 *
 * @throws GmgnFailure for everything that is not code 0, whatever the HTTP status
 */
export function readAnswer(answer: HttpAnswer, now: number): Trenches {
  const body = parse(answer.body)
  if (!body || !isZero(body.code) || answer.status !== 200) {
    throw failureOf(answer, body ?? {}, now)
  }

  // The list that is asked for as `near_completion` is answered as `pump`.
  return {
    newCreation: listIn(body, 'new_creation'),
    nearCompletion: listIn(body, 'pump'),
    completed: listIn(body, 'completed'),
  }
}

/** @throws GmgnFailure where there is none: an answer without a list does not say that it is empty */
function listIn({ data }: Body, key: string): unknown[] {
  const list = data?.[key]
  if (!Array.isArray(list)) {
    throw new GmgnFailure('refused', `the answer has no list "${key}"`)
  }
  return list
}

/** Null and an empty text are no code. */
function isZero(code: Body['code']): boolean {
  return code === 0 || code === '0'
}

function parse(text: string): Body | null {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? body : null
  } catch {
    return null
  }
}

function failureOf({ status, headers }: HttpAnswer, body: Body, now: number): GmgnFailure {
  const codes = [status, Number(body.code)]
  const words = [body.error, body.message].filter(Boolean).join(': ') || 'no reason given'
  const theirNow = Date.parse(headers.date ?? '') || now

  if (codes.includes(429) || /RATE_LIMIT/.test(body.error ?? '')) {
    const resetAt = Number(body.reset_at ?? headers['x-ratelimit-reset']) * 1000
    const told = Number.isFinite(resetAt) ? Math.max(0, resetAt - theirNow) : LONGEST_BAN_MS
    const waitMs = Math.min(told, LONGEST_WAIT_MS)
    return new GmgnFailure('rate', words, now + waitMs + AFTER_BAN_MS)
  }
  if (codes.includes(401) || codes.includes(403)) {
    return new GmgnFailure('auth', `${words}. ${authAdvice(now - theirNow)}`)
  }
  return new GmgnFailure('refused', `HTTP ${status}, code ${body.code ?? 'missing'}: ${words}`)
}

function authAdvice(aheadMs: number): string {
  if (Math.abs(aheadMs) < TOLERATED_MS) {
    return 'Check GMGN_API_KEY, and that it may be used from the IPv4 address of this machine'
  }
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  const direction = aheadMs > 0 ? 'ahead of' : 'behind'
  return `The clock of this machine is ${seconds} s ${direction} GMGN's, which tolerates 5 s: set it (NTP)`
}
