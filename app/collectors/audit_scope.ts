import type { Clock } from '#foundation/clock'
import { factTypes } from '#facts/registry'
import type { FactRetention } from '#facts/retention'
import { prunedBlocks } from '#collectors/store/pruned'
import type { SourcedFact } from '#sources/facts'

interface Options {
  chainId: number
  retention?: FactRetention
  clock: Clock
}

/** Tells whether a fact should be stored: not when retention has removed it, or would at once. */
export async function auditScope({ chainId, retention = {}, clock }: Options) {
  const pruned = await prunedBlocks(chainId)
  const now = clock.now()

  return ({ fact, log }: SourcedFact): boolean => {
    // What else logs say only describes what is stored.
    if (fact.type === 'pool_state') {
      return true
    }
    const { table } = factTypes[fact.type]
    const isKept = log.blockTime >= now - (retention[table] ?? Infinity)
    return isKept && log.blockNumber > (pruned.get(table) ?? -1)
  }
}
