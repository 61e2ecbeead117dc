import { TransientError } from '#foundation/errors'
import { redact } from '#foundation/text/redact'
import type { OkxReason } from '#models/okx_reasons'

/** OKX did not do what it was asked, with its code where it gave one. No key is in its words. */
export class OkxFailure extends TransientError<OkxReason> {
  constructor(
    reason: OkxReason,
    message: string,
    readonly code: string | null = null,
    options: { retryAfterMs?: number; cause?: unknown } = {}
  ) {
    super(reason, redact(message).slice(0, 300), options)
  }
}

/** What is not OKX's fault ends a connection as well: the next one reads again what was not stored. */
export function asFailure(error: unknown): OkxFailure {
  return error instanceof OkxFailure
    ? error
    : new OkxFailure('disconnected', (error as Error).message, null, { cause: error })
}

/** OKX's code for an order that it does not know, or not any more. */
export const NO_SUCH_ORDER = '51603'

export function isOkxCode(error: unknown, ...codes: string[]): error is OkxFailure {
  return error instanceof OkxFailure && error.code !== null && codes.includes(error.code)
}

/**
 * What the codes of REST and of the private stream mean for us. The words beside a code change
 * ("Login failed." is "Login failure" today), and statuses differ: codes alone are judged. From OKX's
 * documentation of 2026-07.
 */
const REASONS: Record<string, OkxReason> = {
  50001: 'busy',
  50004: 'busy',
  50007: 'account_frozen',
  50008: 'account_frozen',
  50009: 'account_frozen',
  50011: 'rate_limited',
  50013: 'busy',
  50026: 'busy',
  50030: 'not_permitted',
  50035: 'not_permitted',
  50040: 'rate_limited',
  50061: 'rate_limited',
  50100: 'account_frozen',
  50101: 'other_environment',
  50102: 'clock',
  50103: 'key_unknown',
  50104: 'wrong_passphrase',
  50105: 'wrong_passphrase',
  50106: 'wrong_secret',
  50107: 'clock',
  50110: 'address_refused',
  50111: 'key_unknown',
  50112: 'clock',
  50113: 'wrong_secret',
  50114: 'not_permitted',
  50119: 'key_unknown',
  50120: 'not_permitted',
  50121: 'address_refused',
  60004: 'clock',
  60005: 'key_unknown',
  60006: 'clock',
  60007: 'wrong_secret',
  60008: 'other_environment',
  60009: 'refused',
  60014: 'rate_limited',
  60023: 'rate_limited',
  60024: 'wrong_passphrase',
  60032: 'key_unknown',
  63999: 'busy',
  64000: 'busy',
  64001: 'busy',
  64002: 'busy',
  64004: 'busy',
  64007: 'busy',
}

export function reasonOfCode(code: string): OkxReason {
  return REASONS[code] ?? 'refused'
}
