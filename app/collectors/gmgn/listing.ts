import { launch, LAUNCH_KINDS, type LaunchKind } from '#facts/launch'
import { cleanText } from '#sources/values'
import { gmgn } from '#sources/venues'
import type { Address } from '#sources/facts'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertAccepted, type RefusedRow } from '#foundation/db/insert_accepted'
import { insertRows } from '#foundation/db/insert_rows'
import { storable } from '#foundation/text/whole_text'
import { quarantinedLogs } from '#collectors/store/quarantine'
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

/** What is told to have happened later than this is no time, in milliseconds from now: clocks differ. */
const AHEAD_MS = 3_600_000

/**
 * Reads a row. Values may be numbers or numeric text, and only the address has to be there; a row
 * without a time that can be gets `now`.
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
      time: times.map(milliseconds).find((time) => time !== null && time < now + AHEAD_MS) ?? now,
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
 * Stores the listings that no source has told of before. Those that the database refuses for what they
 * hold are kept with the logs that could not be read. `now` is in epoch milliseconds.
 *
 * @returns how many were new, and how many were refused for the first time
 */
export async function storeListings(
  trx: TransactionClientContract,
  chainId: number,
  listings: readonly GmgnListing[],
  now: number
): Promise<{ stored: number; quarantined: number }> {
  const stored = await storedIdentities(trx, chainId, listings)
  const fresh = listings.filter((listing) => !stored.has(identityOf(listing)))
  const rows = fresh.map((listing) => launchRow(listing, chainId, now))
  const { inserted, refused } = await insertAccepted(trx, launches, rows)
  const quarantined = await insertRows(trx, quarantinedLogs, refused.map(quarantineRow))
  return { stored: inserted, quarantined }
}

type LaunchRow = ReturnType<typeof launchRow>

function quarantineRow({ row, error }: RefusedRow<LaunchRow>) {
  return {
    source: row.source,
    chain_id: row.chain_id,
    address: row.token_address,
    tx_hash: row.launch_tx,
    log_index: row.log_index,
    block_number: row.block_number,
    block_hash: row.block_hash,
    detail: storable(`the listing cannot be stored: ${error.message}`),
    raw: storable(row.raw),
    created_at: row.created_at,
  }
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
