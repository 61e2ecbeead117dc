/**
 * Why a delivery did not arrive and why an endpoint is disabled, as codes. Code and SQL compare
 * these; the words are made where people read: `delivery/reason_words.ts` in English for the API, the
 * logs and alerts, `views/reason_text.ts` for pages.
 */

/** Why an attempt failed. */
export const FAILURES = [
  'dns',
  'blocked',
  'connect',
  'tls',
  'timeout',
  'reset',
  'protocol',
  'too_large',
  'status',
  'redirect',
  'gone',
  'template',
  'internal',
  'unknown_outcome',
  'unconfirmed',
  'refused',
  'session_expired',
  'chat_closed',
] as const

/** Why a job is held: its target may be sent nothing before something happens, or a time has come. */
export const HOLDS = [
  'first_message',
  'window',
  'quota',
  'throttled',
  'quiet',
  'muted',
  'unbound',
] as const

/** Why a job expired before its time: more waited than one message may tell, so it is counted there. */
export const SUMMARISED = 'summarised'

/** Why a job was skipped. */
export const SKIPS = [
  'filtered',
  'filter_failed',
  'template_failed',
  'event_removed',
  'event_deleted',
  'target_disabled',
  'target_deleted',
  'told_elsewhere',
] as const

/** Why an endpoint is disabled, unless a failure is the reason. */
export const DISABLINGS = ['by_operator', 'by_owner', 'not_in_environment'] as const

export type Failure = (typeof FAILURES)[number]
export type Skip = (typeof SKIPS)[number]
export type Hold = (typeof HOLDS)[number]

/** Of a job, or of an attempt at it. */
export type JobReason = Failure | Skip | Hold | typeof SUMMARISED

/** Of an endpoint that is disabled. */
export type EndpointReason = Failure | (typeof DISABLINGS)[number]

/** Of a binding in a chat that has ended. */
export type BindingReason = Failure | 'by_owner' | 'bound_again'

export type Reason = JobReason | EndpointReason | BindingReason

/** A reason and the text that came with it from outside, which the code never looks at. */
export interface Cause<R extends Reason = Reason> {
  reason: R
  detail: string | null
}

/** A cause; an empty detail is none. */
export function because<R extends Reason>(reason: R, detail?: string): Cause<R> {
  return { reason, detail: detail || null }
}

/** The columns of what has no reason any more. */
export const NO_CAUSE = { reason: null, detail: null }

/** Reasons as a list for SQL: `'dns', 'tls'`. */
export function quoted(...reasons: Reason[]): string {
  return reasons.map((reason) => `'${reason}'`).join(', ')
}
