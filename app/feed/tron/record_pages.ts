import db from '@adonisjs/lucid/services/db'
import type { FactRow } from '#facts/define_fact'
import { publicFact } from '#facts/public_fact'
import { factTypes } from '#facts/registry'
import { unfreezeView, type UnfreezeRow } from '#feed/tron/unfreeze_view'

/** The three lists of records, by the name that their paths have. */
export const RECORD_LISTS = ['stake', 'delegate', 'unfreeze'] as const

export type RecordList = (typeof RECORD_LISTS)[number]

/** What the records of a page have in common. Addresses in base58, times in epoch milliseconds. */
export interface RecordFilters {
  chain_id: number
  owner_address?: string
  receiver_address?: string
  operation_type?: string
  resource_type?: string
  status?: string
  /** Included. */
  since?: number
  /** Excluded. */
  until?: number
}

/** Pages reach so many of the newest records of an address; a cursor or dates lead to older ones. */
export const MOST_PAGED = 10_000

/** `counted`: what the index of an address holds beside the time, so that counting reads nothing else. */
const TABLES = {
  stake: { table: 'stake_records', time: 'event_time', counted: ['operation_type'] },
  delegate: { table: 'delegate_records', time: 'event_time', counted: ['operation_type'] },
  unfreeze: { table: 'unfreeze_records', time: 'available_time', counted: ['status'] },
} as const

/**
 * A page of the records of an account by its number, newest first, from the index of its address: the
 * cost has a bound, however many there are.
 *
 * @param now epoch milliseconds, by which is told what can be withdrawn
 */
export async function recordPage(
  list: RecordList,
  filters: RecordFilters,
  { page, limit }: { page: number; limit: number },
  now: number
): Promise<FactRow[]> {
  const rows = await matching(list, filters, ['*'])
    .orderBy(TABLES[list].time, 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset((page - 1) * limit)
  return rows.map((row) => viewOf(list, row, now))
}

/** How many records match, up to the newest so many of an address. */
export async function recordTotal(list: RecordList, filters: RecordFilters): Promise<number> {
  const columns = ['chain_id', 'resource_type', ...TABLES[list].counted]
  const [{ total }] = await matching(list, filters, columns).count('* as total')
  return Number(total)
}

function matching(
  list: RecordList,
  { owner_address: owner, receiver_address: receiver, since, until, ...equal }: RecordFilters,
  columns: readonly string[]
) {
  const { table, time } = TABLES[list]
  const newest = db
    .from(table)
    .select([...columns])
    .orderBy(time, 'desc')
    .limit(MOST_PAGED)
  if (owner !== undefined) newest.where('owner_address', owner)
  if (receiver !== undefined) newest.where('receiver_address', receiver)
  if (since !== undefined) newest.where(time, '>=', since)
  if (until !== undefined) newest.where(time, '<', until)
  if (list !== 'unfreeze') newest.whereNull('removed_at')
  return db.query().from(newest.as('newest')).where(given(equal))
}

function viewOf(list: RecordList, row: FactRow, now: number): FactRow {
  return list === 'unfreeze'
    ? unfreezeView(row as unknown as UnfreezeRow, now)
    : publicFact(list === 'stake' ? 'tron_stake' : 'tron_delegation', row)
}

function given(filters: object) {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
}

/** The columns of a list of facts, for answers that come from elsewhere. */
export function recordColumns(list: 'stake' | 'delegate'): readonly string[] {
  return factTypes[list === 'stake' ? 'tron_stake' : 'tron_delegation'].columns
}
