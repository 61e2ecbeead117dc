import type { Clock } from '#foundation/clock'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { launch } from '#facts/launch'
import type { Address } from '#facts/on_chain'
import { storedIdentities } from '#collectors/gmgn/listing'
import { writtenTable } from '#collectors/store/fact_store'
import { OFF_CHAIN_BLOCK } from '#collectors/store/stored_logs'
import { cleanText } from '#sources/values'
import { launchpads } from '#sources/venues'
import type { LegacyFile, LegacyRow } from '#legacy/legacy_file'
import { noCounts, orUnusable, type LegacyCounts } from '#legacy/legacy_report'
import { neededAddress, neededText, neededTime, UnusableRow } from '#legacy/legacy_values'
import type { Transact } from '#legacy/transact'

const AT_ONCE = 500

const LAUNCHES: WrittenTable = {
  ...writtenTable(launch),
  columns: {
    ...writtenTable(launch).columns,
    planned_at: 'bigint',
    webhook_outcome: 'text',
  },
}

interface LegacyLaunch {
  source: string
  token: Address
  symbol: string | undefined
  time: number
  row: LegacyRow
}

/**
 * Imports launches that are not here from any source. The earlier application kept no log of them, so
 * that they stand off the chain, as those of GMGN do, with their row as it was. They are history: no
 * receiver is told.
 */
export async function importLaunches(
  file: LegacyFile,
  chainId: number,
  { transact, clock }: { transact: Transact; clock: Clock }
): Promise<LegacyCounts> {
  const counts = noCounts()
  const seen = new Set<string>()
  let batch: LegacyLaunch[] = []
  const store = async () => {
    counts.imported += await transact((trx) => storeLaunches(trx, chainId, batch, clock.now()))
    batch = []
  }
  for (const row of file.rows('launch_events')) {
    const read = orUnusable(counts, () => readLaunch(row, clock.now()))
    if (read === null || seen.has(read.token)) continue
    seen.add(read.token)
    batch.push(read)
    if (batch.length === AT_ONCE) await store()
  }
  await store()
  const unusable = [...counts.unusable.values()].reduce((sum, count) => sum + count, 0)
  counts.known = counts.found - counts.imported - unusable
  return counts
}

/** @throws UnusableRow */
function readLaunch(row: LegacyRow, now: number): LegacyLaunch {
  const source = neededText(row, 'source').toLowerCase()
  if (!launchpads().some(({ name }) => name === source)) {
    throw new UnusableRow('source is no venue that is known here')
  }
  const time = neededTime(row, 'event_time')
  if (time > now) throw new UnusableRow('event_time is in the future')
  const { symbol } = row
  return {
    source,
    time,
    row,
    token: neededAddress(row, 'token_address'),
    symbol: typeof symbol === 'string' && symbol.isWellFormed() ? cleanText(symbol) : undefined,
  }
}

async function storeLaunches(
  trx: Parameters<Parameters<Transact>[0]>[0],
  chainId: number,
  launches: readonly LegacyLaunch[],
  now: number
): Promise<number> {
  const created = launches.map(({ token }) => ({
    kind: 'created' as const,
    token,
    time: 0,
    row: {},
  }))
  const stored = await storedIdentities(trx, chainId, created)
  const fresh = launches.filter(({ token }) => !stored.has(`gmgn:created:${token}`))
  return insertRows(
    trx,
    LAUNCHES,
    fresh.map(({ source, token, symbol, time, row }) => ({
      source,
      symbol,
      kind: 'created',
      token_address: token,
      event_time: time,
      chain_id: chainId,
      log_index: 0,
      block_number: OFF_CHAIN_BLOCK,
      block_hash: `legacy:created:${token}`,
      launch_tx: `legacy:created:${token}`,
      raw: rawOf(row),
      created_at: now,
      planned_at: now,
      webhook_outcome: 'unwanted',
    }))
  )
}

/** The row as it was; no database of ours stores NUL or half of a character. */
function rawOf(row: LegacyRow): string {
  const plain = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === 'number' || value === null ? value : String(value).toWellFormed(),
  ])
  return JSON.stringify(Object.fromEntries(plain)).replaceAll(String.raw`\u0000`, '')
}
