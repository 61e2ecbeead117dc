import type { WrittenTable } from '#foundation/db/insert_rows'
import type { FactKind } from '#facts/define_fact'
import type { OkxEnvironment } from '#facts/on_okx'
import type { OkxAlgoOrder } from '#sources/okx/algo_order'
import type { OkxBill } from '#sources/okx/bill'
import type { OkxFill } from '#sources/okx/fill'
import type { OkxOrder } from '#sources/okx/order'
import type { OkxBalance, OkxPosition } from '#sources/okx/position'
import type { UnknownWord } from '#sources/okx/unknown_words'

/** Whose events they are. */
export interface FollowedAccount {
  id: number
  ownerId: number | null
  /** What OKX calls the account. */
  uid: string
  environment: OkxEnvironment
}

/** A position or a balance with the `eventType` that changed it, where OKX told one. */
export interface Changed<Said> {
  said: Said
  cause: string | null
}

/** What one message, or one page of an answer, tells of an account. */
export interface Heard {
  account: FollowedAccount
  origin: 'push' | 'recovery' | 'audit'
  /** Epoch milliseconds. */
  receivedAt: number
  orders: OkxOrder[]
  algoOrders: OkxAlgoOrder[]
  fills: OkxFill[]
  positions: Changed<OkxPosition>[]
  balances: Changed<OkxBalance>[]
  bills: OkxBill[]
  unknowns: UnknownWord[]
  /** What the account had when it was first read: no change, so no event. */
  isStart: boolean
  /** When an answer was asked for that lists what the account has now, in epoch milliseconds. */
  askedAt: number | null
}

/** Of something that was heard, without anything in it. */
export function heardOf(
  account: FollowedAccount,
  origin: Heard['origin'],
  receivedAt: number,
  parts: Partial<Heard> = {}
): Heard {
  return {
    account,
    origin,
    receivedAt,
    isStart: false,
    askedAt: null,
    orders: [],
    algoOrders: [],
    fills: [],
    positions: [],
    balances: [],
    bills: [],
    unknowns: [],
    ...parts,
  }
}

/** How far an answer may lag behind pushes, in milliseconds. */
const LAG_MS = 2_000

/** Of a position or a balance, as it is stored; epoch milliseconds. */
export interface StoredState {
  /** By OKX's clock. */
  updatedAt: number
  storedAt: number
}

/**
 * Whether something newer is stored of a position or a balance. OKX sends a push again with a later
 * time than it had, so that an answer that was asked for well after a push outranks its time.
 */
export function isOutdated(
  { askedAt }: Heard,
  said: { updatedAt: number },
  stored: StoredState
): boolean {
  return (
    said.updatedAt < stored.updatedAt && !(askedAt !== null && stored.storedAt < askedAt - LAG_MS)
  )
}

/** The columns that each fact has. @param eventTime epoch milliseconds */
export function factColumns(
  { account, origin, receivedAt }: Heard,
  eventTime: number,
  now: number
) {
  return {
    account_id: account.id,
    owner_id: account.ownerId,
    account_uid: account.uid,
    environment: account.environment,
    origin,
    event_time: eventTime,
    received_at: receivedAt,
    created_at: now,
  }
}

/** A table of facts with what is written into it: its public columns, and some of its own. */
export function factTable({ table, fields }: FactKind, own: WrittenTable['columns']): WrittenTable {
  const shown = Object.entries(fields).filter(([name]) => name !== 'id')
  const columns = shown.map(([name, { stored }]) => [name, stored] as const)
  return {
    name: table,
    columns: { ...Object.fromEntries(columns), owner_id: 'bigint', ...own, created_at: 'bigint' },
  }
}
