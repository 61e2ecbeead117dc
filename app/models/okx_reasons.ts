/**
 * Why OKX does not serve an account, as codes; the words are in `resources/lang` (okx.reasons) and in
 * `collectors/okx/reason_words.ts`. These are for the owner of the key to correct:
 *
 * - `key_unknown`       the key does not exist here; most often its region is another
 * - `other_environment` a key of demo trading is used live, or the other way round
 * - `wrong_secret`, `wrong_passphrase`
 * - `address_refused`   the key is bound to other IP addresses
 * - `not_permitted`     the key may not read
 * - `account_frozen`    OKX has closed the key or the account
 * - `key_changed`       the key was changed or deleted while it was in use
 * - `other_account`     the key is of another account than before
 * - `sealed`            the stored key cannot be read: APP_KEY is another one
 */
export const KEY_REASONS = [
  'key_unknown',
  'other_environment',
  'wrong_secret',
  'wrong_passphrase',
  'address_refused',
  'not_permitted',
  'account_frozen',
  'key_changed',
  'other_account',
  'sealed',
] as const

/**
 * These pass:
 *
 * - `clock`          our time is not OKX's
 * - `rate_limited`   too many requests, connections or subscriptions
 * - `busy`           OKX says so
 * - `maintenance`    OKX is closed, as it has announced
 * - `unreachable`    no connection, or no answer in time
 * - `silent`         the connection was open, and nothing came through it
 * - `disconnected`   OKX closed the connection
 * - `too_many_connections` more than OKX serves at once for the account
 * - `unreadable`     an answer that is not as OKX describes it
 * - `overrun`        more was heard than could be stored, and is read again
 * - `refused`        a refusal that is none of these
 */
export const PASSING_REASONS = [
  'clock',
  'rate_limited',
  'busy',
  'maintenance',
  'unreachable',
  'silent',
  'disconnected',
  'too_many_connections',
  'unreadable',
  'overrun',
  'refused',
] as const

export type KeyReason = (typeof KEY_REASONS)[number]
export type PassingReason = (typeof PASSING_REASONS)[number]
export type OkxReason = KeyReason | PassingReason

/** Whether the owner of the key has to put it right. */
export function isKeyReason(reason: OkxReason): reason is KeyReason {
  return (KEY_REASONS as readonly string[]).includes(reason)
}
