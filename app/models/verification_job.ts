import { VerificationJobSchema } from '#database/schema'

/** Orders that were just filled go first, then what people asked for, then what is tried again. */
export const PRIORITIES = ['high', 'normal', 'low'] as const

export type Priority = (typeof PRIORITIES)[number]

export const JOB_STATES = ['pending', 'in_progress', 'succeeded', 'failed', 'cancelled'] as const

export type VerificationState = (typeof JOB_STATES)[number]

/**
 * Why a verification failed.
 *
 * - `hash_mismatch`        the venue says now something else than what was recorded
 * - `verification_timeout` an attempt took longer than it may
 * - `not_recorded`         what was recorded of the order was not complete in time
 * - `venue_unavailable`    OKX could not be asked
 * - `key_refused`          OKX does not take the key of the account
 * - `order_gone`           OKX does not know the order any more
 * - `storage_failed`       the file of the package could not be written
 */
export const VERIFICATION_ERRORS = [
  'hash_mismatch',
  'verification_timeout',
  'not_recorded',
  'venue_unavailable',
  'key_refused',
  'order_gone',
  'storage_failed',
] as const

export type VerificationError = (typeof VERIFICATION_ERRORS)[number]

/** An order that is to be verified, or was. */
export default class VerificationJob extends VerificationJobSchema {
  declare priority: Priority
  declare state: VerificationState
  declare errorCode: VerificationError | null
}
