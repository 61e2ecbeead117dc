import type { Clock } from '#foundation/clock'
import { factTypes } from '#facts/registry'
import type { FactRetention } from '#facts/retention'
import { prunedBlocks } from '#collectors/store/prune_facts'
import type { SourcedFact, Undecodable } from '#sources/facts'
import { QUARANTINE } from '#collectors/store/stored_logs'
import type { Expiries } from '#foundation/db/retention'
import { OperatorError } from '#foundation/errors'
import ScanCursor from '#models/scan_cursor'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { readHead } from '#foundation/rpc/read_head'
import { measureBlockTime } from '#foundation/rpc/block_time'

export interface RetentionOptions {
  chainId: number
  /** How long facts are kept: older ones are not missing. */
  retention?: FactRetention
  /** How long what is noted beside the facts is kept. */
  records?: Expiries
  clock: Clock
}

/** What should be stored: not what retention has removed, or would at once. */
export async function retentionScope(options: RetentionOptions) {
  const { chainId, retention = {}, records = {}, clock } = options
  const pruned = await prunedBlocks(chainId)
  const now = clock.now()
  const quarantinedMs = records[QUARANTINE]?.keptMs ?? Infinity

  return {
    fact({ fact, log }: SourcedFact): boolean {
      // A pool state only describes a pool that is stored.
      if (fact.type === 'pool_state') {
        return true
      }
      const { table } = factTypes[fact.type]
      const isKept = log.blockTime >= now - (retention[table] ?? Infinity)
      return isKept && log.blockNumber > (pruned.get(table) ?? -1)
    },
    undecodable: ({ log }: Undecodable): boolean => log.blockTime >= now - quarantinedMs,
  }
}

const HOUR_MS = 3_600_000

/**
 * The blocks of the last `hours` that this installation claims to have read and that are final.
 *
 * @throws OperatorError when it has read none of them
 * @throws RpcFailure
 */
export async function auditWindow(endpoints: EndpointPool, chainId: number, hours: number) {
  const cursor = await ScanCursor.find(`chain:${chainId}`)
  const head = await readHead(endpoints, 'finalized')
  const blocks = Math.ceil((hours * HOUR_MS) / (await measureBlockTime(endpoints)))

  const to = Math.min(cursor?.blockNumber ?? -1, head.number)
  const from = Math.max(cursor?.fromBlock ?? 0, head.number - blocks, 0)
  if (from > to) {
    throw new OperatorError(
      `Nothing has been read of the last ${hours} hours: run scan:chain first`
    )
  }
  return { from, to }
}
