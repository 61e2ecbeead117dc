import db from '@adonisjs/lucid/services/db'
import type { InfoState } from '#facts/tron_stake'
import type { ProofState } from '#facts/on_tron'
import TronBlock from '#models/tron_block'

const DAY_MS = 86_400_000

/** A listener that has stored no block for so long is offline; they come every 3 s. */
const ONLINE_MS = 60_000

/** What makes it healthy, as the original specification has it. */
const THRESHOLDS = { latencyMs: 300_000, hitRate: 0.8 }

/** The lag is compared with what it was so long ago; a change below is none. In milliseconds. */
const TREND_MS = 5 * 60_000
const STEADY_MS = 15_000

/** So far behind the network a reader has caught up: its own finality takes about a minute. */
const CAUGHT_UP_MS = 120_000

export interface CacheStats {
  /** Null before there were enough requests. */
  hitRate: number | null
  /** Answers that are kept, and how large they are together, as `1.2MB`. */
  keyCount: number
  memoryUsage: string
  hits: number
  misses: number
}

/** A block, with how late it was stored. Times are epoch milliseconds. */
export interface Lag {
  storedAt: number
  blockTime: number
}

/**
 * How the data of TRON are: the shape and thresholds of the original specification, and what is
 * proven of the last day's blocks. Latency counts from the time of the newest block, so that it is
 * about a minute at best.
 *
 * @param now epoch milliseconds
 */
export async function tronDataHealth(chainId: number, cacheStats: CacheStats, now: number) {
  const newest = await newestBlock(chainId)
  const earlier = newest && (await blockBefore(chainId, newest.storedAt - TREND_MS))
  const latency = newest && Math.max(0, now - newest.blockTime)
  const isOnline = newest !== null && now - newest.storedAt < ONLINE_MS
  const { hitRate } = cacheStats
  const isHealthy =
    isOnline &&
    latency! < THRESHOLDS.latencyMs &&
    (hitRate === null || hitRate > THRESHOLDS.hitRate)

  return {
    success: true,
    status: isHealthy ? 'healthy' : 'warning',
    metrics: {
      listenerStatus: isOnline ? 'online' : 'offline',
      dataLatency: latency,
      cacheStats,
      syncSuccessRate: await readShare(chainId, now),
      ...(await provenBlocks(chainId)),
      amounts: await amountStates(chainId, now),
      accountsDiffering: await differingAccounts(),
      ...outlook(newest, earlier, now),
    },
  } as const
}

/**
 * Where the lag goes, and when it will be gone: null while it does not shrink. A reader that has
 * caught up has 0 seconds to go.
 */
export function outlook(newest: Lag | null, earlier: Lag | null, now: number) {
  if (newest === null) {
    return { lagTrend: null, etaSeconds: null }
  }
  const lag = now - newest.blockTime
  if (lag < CAUGHT_UP_MS) {
    return { lagTrend: 'steady', etaSeconds: 0 } as const
  }
  if (earlier === null) {
    return { lagTrend: null, etaSeconds: null }
  }
  const passed = Math.max(1, now - earlier.storedAt)
  const gained = newest.blockTime - earlier.blockTime - passed
  if (Math.abs(gained) < STEADY_MS) {
    return { lagTrend: 'steady', etaSeconds: null } as const
  }
  return gained > 0
    ? ({ lagTrend: 'shrinking', etaSeconds: Math.ceil(lag / (gained / passed) / 1000) } as const)
    : ({ lagTrend: 'growing', etaSeconds: null } as const)
}

async function newestBlock(chainId: number): Promise<Lag | null> {
  return TronBlock.query().where('chainId', chainId).orderBy('number', 'desc').first()
}

/** The newest block that was stored by then, or the oldest that is remembered. */
async function blockBefore(chainId: number, storedAt: number): Promise<Lag | null> {
  const ofChain = () => TronBlock.query().where('chainId', chainId)
  return (
    (await ofChain().where('storedAt', '<=', storedAt).orderBy('number', 'desc').first()) ??
    (await ofChain().orderBy('number').first())
  )
}

async function provenBlocks(chainId: number): Promise<Record<ProofState, number>> {
  const rows = await db
    .from('tron_blocks')
    .where('chain_id', chainId)
    .groupBy('proof_state')
    .select('proof_state')
    .count('* as blocks')
  const counts = { proven: 0, agreed: 0, single: 0 }
  for (const { proof_state: state, blocks } of rows) counts[state as ProofState] = Number(blocks)
  return counts
}

/** What stands behind the last day's amounts that no block proves. */
async function amountStates(chainId: number, now: number) {
  const counts: Record<Exclude<InfoState, 'not_needed'>, number> = {
    agreed: 0,
    single: 0,
    missing: 0,
  }
  const [first] = await db.from('tron_blocks').where('chain_id', chainId).min('number as number')
  if (first.number === null) {
    return counts
  }
  const rows = await db
    .from('stake_records')
    .where('chain_id', chainId)
    .where('block_number', '>=', Number(first.number))
    .where('event_time', '>=', now - DAY_MS)
    .whereIn('operation_type', ['withdraw', 'cancel'])
    .whereNull('removed_at')
    .groupBy('info_state')
    .select('info_state')
    .count('* as records')
  for (const { info_state: state, records } of rows) {
    if (state !== 'not_needed') counts[state as keyof typeof counts] = Number(records)
  }
  return counts
}

/** Which share of the last day's blocks was read, those that are gaps left out; null before any was. */
async function readShare(chainId: number, now: number): Promise<number | null> {
  const [{ blocks }] = await db.from('tron_blocks').where('chain_id', chainId).count('* as blocks')
  const gaps = await db
    .from('scan_gaps')
    .where('chain_id', chainId)
    .where('created_at', '>=', now - DAY_MS)
    .whereNull('closed_at')
    .select('from_block', 'to_block')
  const unread = gaps.reduce(
    (sum, { from_block: from, to_block: to }) => sum + Number(to) - Number(from) + 1,
    0
  )
  const read = Number(blocks)
  return read + unread === 0 ? null : read / (read + unread)
}

/** Accounts whose records do not add up to what they have, by the last check that could tell. */
export async function differingAccounts(): Promise<number> {
  const latest = db
    .from('tron_account_checks')
    .whereIn('verdict', ['agrees', 'differs'])
    .groupBy('chain_id', 'address')
    .max('id')
  const [{ accounts }] = await db
    .from('tron_account_checks')
    .whereIn('id', latest)
    .where('verdict', 'differs')
    .count('* as accounts')
  return Number(accounts)
}
