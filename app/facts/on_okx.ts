import { choice, text, time, wide } from '#facts/columns'

/** Demo trading has keys, accounts and numbers of its own. */
export const OKX_ENVIRONMENTS = ['live', 'demo'] as const

export type OkxEnvironment = (typeof OKX_ENVIRONMENTS)[number]

/**
 * Where a fact was read.
 *
 * - `push`     the private stream
 * - `recovery` lists over REST, after a connection began
 * - `audit`    fills that the bills of the account asked for
 * - `monitor`  concluded by app/orders, because the venue said nothing in time
 */
export const OKX_ORIGINS = ['push', 'recovery', 'audit', 'monitor'] as const

export type OkxOrigin = (typeof OKX_ORIGINS)[number]

/** Whose it is and when it happened: the last columns of each kind. */
export const okxColumns = {
  account_id: wide(),
  account_uid: text(),
  environment: choice(OKX_ENVIRONMENTS),
  origin: choice(OKX_ORIGINS),
  received_at: time(),
  event_time: time(),
}

/** The columns that every fact of an account at OKX has: its owner alone is sent it. */
export const onOkx = {
  timeColumn: 'event_time',
  isOnChain: false,
  source: 'okx',
  ownerColumn: 'owner_id',
  isPrivate: true,
  kept: 'for_ever',
} as const
