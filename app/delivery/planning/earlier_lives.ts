import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { factTypes } from '#models/fact_types'
import type { FactRow, FactType } from '#models/fact_types'

/**
 * How often each fact was on the chain before: a reorg may remove a block and another one bring
 * the same block back. Facts that are new are not in the answer.
 *
 * @returns counts by fact id
 */
export async function earlierLives(
  trx: TransactionClientContract,
  type: FactType,
  facts: readonly FactRow[]
): Promise<Map<number, number>> {
  const { table, isOnChain } = factTypes[type]
  if (!isOnChain) {
    return new Map()
  }
  const blocks = [...new Set(facts.map((fact) => fact.block_hash as string))]
  const removed: FactRow[] = await trx
    .from(table)
    .whereNotNull('removed_at')
    .whereIn('block_hash', blocks)
    .select('id', 'block_hash', 'log_index')
  const byPlace = Map.groupBy(removed, placeOf)

  const lives = facts.map((fact): [number, number] => {
    const id = Number(fact.id)
    const earlier = byPlace.get(placeOf(fact))?.filter((other) => Number(other.id) < id) ?? []
    return [id, earlier.length]
  })
  return new Map(lives.filter(([, count]) => count > 0))
}

function placeOf({ block_hash: block, log_index: log }: FactRow) {
  return `${block} ${log}`
}
