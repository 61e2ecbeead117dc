import type { Clock } from '#foundation/clock'
import type { Retention } from '#collectors/prune_facts'
import { prunedBlocks } from '#collectors/store/pruned'
import type { SourcedFact } from '#sources/facts'

/** Where each kind of fact is stored. What else logs say only describes those. */
const TABLE_OF = { launch: 'launch_events', trade: 'trades', pool: 'pools' } as const

interface Options {
  chainId: number
  retention?: Retention
  clock: Clock
}

/** Tells whether a fact should be stored: not when retention has removed it, or would at once. */
export async function auditScope({ chainId, retention = {}, clock }: Options) {
  const pruned = await prunedBlocks(chainId)
  const now = clock.now()

  return ({ fact, log }: SourcedFact): boolean => {
    if (fact.type === 'pool_state') {
      return true
    }
    const table = TABLE_OF[fact.type]
    const isKept = log.blockTime >= now - (retention[table] ?? Infinity)
    return isKept && log.blockNumber > (pruned.get(table) ?? -1)
  }
}
