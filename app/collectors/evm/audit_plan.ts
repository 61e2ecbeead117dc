import db from '@adonisjs/lucid/services/db'
import type { FollowedPool, Source } from '#sources/define_source'
import type { ChainLog, SourcedFact, Undecodable } from '#sources/facts'
import { following } from '#sources/follow_pools'
import { logReader, type Reading } from '#sources/read_logs'
import { logFilterFor, type LogFilter } from '#collectors/evm/get_logs'
import { followedPools } from '#collectors/evm/reading_plan'
import { retentionScope, type RetentionOptions } from '#collectors/evm/audit_scope'
import { isCandidate } from '#collectors/store/told_tokens'

export interface AuditPlanOptions extends RetentionOptions {
  sources: readonly Source[]
  /** Pools whose swaps are read, at most. Not set: none. */
  followPools?: number
}

/** What an audit of some blocks reads, and what of it should be stored. */
export interface AuditPlan {
  sourceNames: string[]
  filter: LogFilter
  readLogs: (logs: ChainLog[]) => Reading
  /** Leaves out what does not have to be stored, though the chain has it. */
  expected: (reading: Reading) => Promise<Reading>
}

/** A pool, and the blocks in which its swaps were read for certain. */
interface SwapWindow {
  pool: FollowedPool
  from: number
  to: number
}

/** The plan for blocks `from` to `to`, both included. */
export async function auditPlan(
  options: AuditPlanOptions,
  from: number,
  to: number
): Promise<AuditPlan> {
  const { chainId } = options
  const windows = await swapWindows(options, from, to)
  const sources = following(
    options.sources,
    windows.map(({ pool }) => pool)
  )
  const isKept = await retentionScope(options)
  const isSwapRead = swapScope(options.sources, windows)

  return {
    sourceNames: sources.map(({ name }) => name),
    filter: logFilterFor(sources),
    readLogs: logReader(sources),
    async expected({ facts, undecodable }) {
      const kept = facts.filter((sourced) => isKept.fact(sourced) && isSwapRead(sourced))
      const known = await launchedBefore(chainId, kept.filter(isCandidate))
      return {
        facts: kept.filter((sourced) => !isCandidate(sourced) || known(sourced)),
        undecodable: undecodable.filter(isKept.undecodable),
      }
    },
  }
}

/**
 * Which pools were followed at the time is not known. One was from its first to its last swap that
 * is stored, and if it is followed now, until now.
 */
async function swapWindows(
  { chainId, sources, followPools = 0 }: AuditPlanOptions,
  from: number,
  to: number
): Promise<SwapWindow[]> {
  const names = sources.filter(({ swaps }) => swaps).map(({ name }) => name)
  const swaps = await db
    .from('trades')
    .where('chain_id', chainId)
    .whereIn('source', names)
    .whereBetween('block_number', [from, to])
    .whereNull('removed_at')
    .groupBy('source', 'pool_id')
    .select('source', 'pool_id')
    .min('block_number as first')
    .max('block_number as last')

  const current = await followedPools(chainId, sources, followPools)
  const isCurrent = new Set(current.map(keyOf))
  const pools = await poolsOf(chainId, swaps)
  return swaps.flatMap((row) => {
    const pool = pools.get(`${row.source}:${row.pool_id}`)
    const last = pool && isCurrent.has(keyOf(pool)) ? to : Number(row.last)
    return pool ? [{ pool, from: Number(row.first), to: last }] : []
  })
}

async function poolsOf(chainId: number, swaps: { source: string; pool_id: string }[]) {
  const rows = await db
    .from('pools')
    .where('chain_id', chainId)
    .whereIn(
      'pool_id',
      swaps.map(({ pool_id: id }) => id)
    )
    .whereNull('removed_at')
    .whereNotNull('quote_address')
  const pools = rows.map((row): FollowedPool => ({
    source: row.source,
    kind: row.kind,
    poolId: row.pool_id,
    token: row.token_address,
    quote: row.quote_address,
  }))
  return new Map(pools.map((pool) => [keyOf(pool), pool]))
}

function keyOf({ source, poolId }: FollowedPool): string {
  return `${source}:${poolId}`
}

/** Swaps count inside the window of their pool. Sources without swaps have no such limit. */
function swapScope(sources: readonly Source[], windows: SwapWindow[]) {
  const ofPool = new Map(windows.map((window) => [keyOf(window.pool), window]))
  const haveSwaps = new Set(sources.filter(({ swaps }) => swaps).map(({ name }) => name))

  return ({ source, fact, log }: SourcedFact): boolean => {
    if (fact.type !== 'trade' || !haveSwaps.has(source)) {
      return true
    }
    const window = ofPool.get(`${source}:${fact.poolId}`)
    return window !== undefined && log.blockNumber >= window.from && log.blockNumber <= window.to
  }
}

/** A pool of a token that was not known yet is not stored: it counts where the launch came before. */
async function launchedBefore(chainId: number, candidates: SourcedFact[]) {
  const rows = await db
    .from('launch_events')
    .join('tokens', (join) =>
      join
        .on('tokens.chain_id', 'launch_events.chain_id')
        .andOn('tokens.address', 'launch_events.token_address')
    )
    .where('launch_events.chain_id', chainId)
    .whereIn('token_address', [...new Set(candidates.map(({ fact }) => fact.token))])
    .whereNull('removed_at')
    .groupBy('token_address')
    .select('token_address')
    .min('block_number as block')
  const launches = new Map(rows.map((row) => [row.token_address, Number(row.block)]))
  return ({ fact, log }: SourcedFact) => (launches.get(fact.token) ?? Infinity) <= log.blockNumber
}

/** Places of facts and of undecodable logs; pool states only describe those. */
export function placesOf({ facts, undecodable }: Reading): (SourcedFact | Undecodable)[] {
  return [...facts.filter(({ fact }) => fact.type !== 'pool_state'), ...undecodable]
}
