import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import { byColumn } from '#foundation/walk/way'
import type { Stream, Way } from '#foundation/walk/way'
import type { FactFilters } from '#feed/fact_list'
import { factTypes, type FactType } from '#models/fact_types'

type Column = 'token_address' | 'creator' | 'trader' | 'pool_id' | 'group_id' | 'wallet_code'

/** The columns of each table that have an index in the order of the ids; it is named after them. */
const INDEXED: Record<FactType, readonly (Column | 'wx_id')[]> = {
  launch: ['token_address', 'creator', 'pool_id'],
  pool: ['token_address', 'creator', 'pool_id'],
  trade: ['token_address', 'trader'],
  ocr_wallet: ['group_id', 'wallet_code', 'wx_id'],
  payment: [],
  push_alert: [],
}

const LAUNCH_KINDS = factTypes.launch.kinds!

/** The indexes that lead to the facts of a list, each to all of them. */
export async function waysToFacts(
  client: QueryClientContract,
  type: FactType,
  filters: FactFilters
): Promise<Way[]> {
  const { table } = factTypes[type]
  const ways = INDEXED[type].flatMap((column) => {
    const value = filters[column]
    return value === undefined ? [] : [byColumn(indexOf(table, column), column, value)]
  })
  if (type === 'trade' && filters.pool_id !== undefined) ways.push(wayToTrades(filters.pool_id))
  if (type === 'ocr_wallet' && filters.msg_id !== undefined) {
    ways.push(wayToWallets(filters.msg_id))
  }
  if (type === 'launch' && (filters.source !== undefined || filters.kind !== undefined)) {
    ways.push(await wayToLaunches(client, filters))
  }
  return ways.filter(({ streams }) => streams.length > 0)
}

function indexOf(table: string, column: string): string {
  return column === 'token_address' ? `${table}_token` : `${table}_${column}`
}

/**
 * The token of a pool, by whose index its trades are found: an index of their own would cost every
 * trade that is stored.
 */
function wayToTrades(poolId: string): Way {
  const sql = 'token_address = (select token_address from pools where pool_id = ? limit 1)'
  return { order: 'ids', streams: [{ index: 'trades_token', where: { sql, bindings: [poolId] } }] }
}

/** A message has a record for each code in its picture: few. */
function wayToWallets(messageId: string): Way {
  const where = { sql: 'msg_id = ?', bindings: [messageId] }
  return { order: 'none', streams: [{ index: 'ocr_wallet_info_key', where }] }
}

/** One index holds each kind of each source in the order of the ids; what is not named, is all. */
async function wayToLaunches(
  client: QueryClientContract,
  { source, kind }: FactFilters
): Promise<Way> {
  const sources = source === undefined ? await launchSources(client) : [source]
  const kinds = kind === undefined ? LAUNCH_KINDS : [kind]
  const streams = sources.flatMap((one) =>
    kinds.map((other): Stream => ({
      index: 'launch_events_source',
      where: { sql: 'source = ? and kind = ?', bindings: [one, other] },
    }))
  )
  return { order: 'ids', streams }
}

/** The sources of all launches, also of those that are not read any more: hops along the index. */
async function launchSources(client: QueryClientContract): Promise<string[]> {
  const rows = await rowsOf<{ source: string }>(
    client,
    `with recursive found (source) as (
       select min(source) from launch_events
       union all
       select (select min(source) from launch_events where source > found.source)
       from found where found.source is not null)
     select source from found where source is not null`,
    []
  )
  return rows.map(({ source }) => source)
}
