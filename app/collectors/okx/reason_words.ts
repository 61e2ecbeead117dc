import type { OkxReason } from '#models/okx_reasons'

/** Each reason in the words of commands, logs and the API; pages have theirs in `resources/lang`. */
export const okxReasonWords: Record<OkxReason, string> = {
  key_unknown: 'OKX does not know this key. Most often it is of another region, or was deleted',
  other_environment: 'The key is of the other environment: demo trading, or live',
  wrong_secret: 'The secret key is not the one of this API key',
  wrong_passphrase: 'The passphrase is not the one of this API key',
  address_refused: "The key is bound to other IP addresses than this server's",
  not_permitted: 'The key may not read',
  account_frozen: 'OKX has closed the key or the account',
  key_changed: 'The key was changed or deleted at OKX',
  other_account: 'The key opens another account than before',
  sealed: 'The stored key cannot be read: APP_KEY is another one than when it was stored',
  clock: "This server's time is not OKX's",
  rate_limited: 'Too many requests or connections; they go on more slowly',
  busy: 'OKX is busy',
  maintenance: 'OKX is closed for maintenance, as it has announced',
  unreachable: 'OKX cannot be reached',
  silent: 'The connection was open, and nothing came through it',
  disconnected: 'OKX closed the connection',
  too_many_connections: 'More connections than OKX serves at once for this account',
  unreadable: 'OKX answered something that cannot be read',
  overrun: 'More was said than could be stored in time; it is read again',
  refused: 'OKX refused, without a reason that is known here',
}
