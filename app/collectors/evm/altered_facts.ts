import { rawLog } from '#facts/on_chain'
import { derived, factTypes } from '#facts/registry'
import type { ChainLog } from '#sources/facts'
import type { Reading } from '#sources/read_logs'
import { logKey, QUARANTINE, type StoredLog } from '#collectors/store/stored_logs'

type Content = Record<string, unknown>

/** What a log says of its own, without when it was stored and the time of its block. */
const NOT_TOLD = new Set(['created_at', 'event_time', 'detail', 'source'])

/** The transaction of a log, which its receipts do not prove. */
const HASHES = new Set(['tx_hash', 'launch_tx'])

/** Columns that are compared only where the log tells them: they may be completed later. */
const completed = derived(
  (kinds) => new Map(kinds.map(({ table, rows }) => [table, new Set(rows?.completed)]))
)

/**
 * Those of the stored facts that say something else than their logs: an endpoint had shown these with
 * another amount, name, address or topic. Facts whose log is not among them are left out.
 *
 * @param reading what sources read of the logs, all of it
 * @param areHashesTold whether the logs name their transactions rightly
 */
export function alteredAmong(
  chainId: number,
  stored: StoredLog[],
  logs: ChainLog[],
  reading: Reading,
  areHashesTold = true
): StoredLog[] {
  const told = contentsOf(chainId, logs, reading)
  const shown = new Set(logs.map(({ blockHash, logIndex }) => logKey(blockHash, logIndex)))
  const isCompared = (column: string) =>
    !NOT_TOLD.has(column) && (areHashesTold || !HASHES.has(column))
  return stored.filter(
    (each) =>
      shown.has(each.key) && !isToldBy(told.get(`${each.table}:${each.key}`), each, isCompared)
  )
}

/** What would be stored of logs, by table and place. Of a log that cannot be decoded that is the log. */
function contentsOf(chainId: number, logs: ChainLog[], { facts }: Reading): Map<string, Content> {
  const contents = new Map<string, Content>()
  for (const log of logs) {
    const { address, transactionHash, blockHash, logIndex } = log
    const content = { address, tx_hash: transactionHash, raw: rawLog(log) }
    contents.set(`${QUARANTINE}:${logKey(blockHash, logIndex)}`, content)
  }
  for (const sourced of facts) {
    const { fact, log } = sourced
    if (fact.type === 'pool_state') continue
    const { table, rows } = factTypes[fact.type]
    const key = `${table}:${logKey(log.blockHash, log.logIndex)}`
    // Where two sources read a log into one table, the first one is stored.
    if (!contents.has(key)) contents.set(key, rows!.row(sourced, chainId, 0))
  }
  return contents
}

function isToldBy(
  content: Content | undefined,
  { table, row }: StoredLog,
  isCompared: (column: string) => boolean
): boolean {
  if (!content) {
    return false
  }
  const mayComeLater = completed().get(table)
  return Object.entries(content).every(([column, told]) => {
    const isLater = told === undefined && mayComeLater?.has(column)
    return !isCompared(column) || isLater || textOf(told) === textOf(row[column])
  })
}

/** Databases answer large numbers as text. */
function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}
