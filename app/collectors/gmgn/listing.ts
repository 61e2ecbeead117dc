import { launch, LAUNCH_KINDS, type LaunchKind } from '#facts/launch'
import { cleanText } from '#sources/values'
import { gmgn } from '#sources/venues'
import type { Address } from '#sources/facts'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows } from '#foundation/db/insert_rows'
import { OFF_CHAIN_BLOCK } from '#collectors/store/stored_logs'
import { writtenTable } from '#collectors/store/fact_store'

/** A row of one of GMGN's lists: a token was launched, or graduated. */
export interface GmgnListing {
  kind: LaunchKind
  token: Address
  name?: string
  symbol?: string
  creator?: Address
  /** When it happened, in epoch milliseconds. */
  time: number
  /** The row as it came. */
  row: object
}

type Row = Record<string, unknown>

/**
 * Reads a row. Values may be numbers or numeric text, and only the address has to be there; a row
 * without a time gets `now`.
 *
 * @returns null when the row names no token
 */
export function listingOf(kind: LaunchKind, row: unknown, now: number): GmgnListing | null {
  const fields = (typeof row === 'object' && row !== null ? row : {}) as Row
  const token = address(fields.address)
  const times =
    kind === 'created'
      ? [fields.created_timestamp]
      : [fields.complete_timestamp, fields.open_timestamp]

  return (
    token && {
      kind,
      token,
      name: text(fields.name),
      symbol: text(fields.symbol),
      creator: address(fields.creator) ?? undefined,
      time: times.map(milliseconds).find((time) => time !== null) ?? now,
      row: fields,
    }
  )
}

/** Identifies a listing: GMGN gives no transaction, block or id of an event. */
export function identityOf({ kind, token }: Pick<GmgnListing, 'kind' | 'token'>): string {
  return `gmgn:${kind}:${token}`
}

function address(value: unknown): Address | null {
  const isAddress = typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)
  return isAddress ? (value.toLowerCase() as Address) : null
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? cleanText(value) : undefined
}

/** Unix seconds as a number or as text; 0 and less stand for unknown. */
function milliseconds(value: unknown): number | null {
  const seconds = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value)
  return Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) : null
}

const launches = writtenTable(launch)

/** The identities of those listings that are stored, from any source. */
export async function storedIdentities(
  client: QueryClientContract,
  chainId: number,
  listings: readonly GmgnListing[]
): Promise<Set<string>> {
  const stored = new Set<string>()
  for (const kind of LAUNCH_KINDS) {
    const tokens = listings.filter((each) => each.kind === kind).map(({ token }) => token)
    const rows = await client
      .from('launch_events')
      .where({ chain_id: chainId, kind })
      .whereIn('token_address', tokens)
      .whereNull('removed_at')
      .select('token_address')
    for (const { token_address: token } of rows) {
      stored.add(identityOf({ kind, token }))
    }
  }
  return stored
}

/**
 * Stores the listings that no source has told of before, and answers how many that were. `now` is
 * in epoch milliseconds.
 */
export async function storeListings(
  trx: TransactionClientContract,
  chainId: number,
  listings: readonly GmgnListing[],
  now: number
): Promise<number> {
  const stored = await storedIdentities(trx, chainId, listings)
  const fresh = listings.filter((listing) => !stored.has(identityOf(listing)))
  return insertRows(
    trx,
    launches,
    fresh.map((listing) => launchRow(listing, chainId, now))
  )
}

/** The listing's identity stands where facts of the chain have their transaction and block. */
function launchRow(listing: GmgnListing, chainId: number, now: number) {
  const identity = identityOf(listing)

  return {
    source: gmgn.name,
    chain_id: chainId,
    log_index: 0,
    block_number: OFF_CHAIN_BLOCK,
    block_hash: identity,
    launch_tx: identity,
    event_time: listing.time,
    created_at: now,
    kind: listing.kind,
    token_address: listing.token,
    name: listing.name,
    symbol: listing.symbol,
    creator: listing.creator,
    raw: JSON.stringify(listing.row),
  }
}
