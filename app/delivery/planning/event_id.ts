import { hash } from 'node:crypto'
import { eventTypeOf, factTypeOf, factTypes } from '#facts/registry'
import type { Announcement, FactType } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * The id under which an event goes out. It is made of what happened and what names it (on a
 * chain, its place there), so every retry, every endpoint and every database says the same `webhook-id`. What comes
 * back after a reorg had removed it is news again: `earlierInclusions` tells the two apart.
 */
export function eventId(announcement: Announcement, fact: FactRow, inclusions = 0): string {
  const { identity } = factTypes[factTypeOf(announcement)]
  const words = [eventTypeOf(announcement, fact), ...identity.map((column) => fact[column])]

  return `evt_${digest(inclusions > 0 ? [...words, inclusions] : words)}`
}

/** The id of several events sent as one; the same events in the same order have the same id. */
export function batchId(eventIds: readonly string[]): string {
  return `batch_${digest(eventIds)}`
}

function digest(words: readonly unknown[]) {
  return hash('sha256', words.join('|')).slice(0, 32)
}

/**
 * How often each fact was on the chain before: a reorg may remove a block and another one bring
 * the same block back. Facts that are new are not in the answer.
 *
 * @returns counts by fact id
 */
export async function earlierInclusions(
  trx: TransactionClientContract,
  type: FactType,
  facts: readonly FactRow[]
): Promise<Map<number, number>> {
  const { table, isOnChain, identity } = factTypes[type]
  if (!isOnChain) {
    return new Map()
  }
  const blocks = [...new Set(facts.map((fact) => fact.block_hash as string))]
  const removed: FactRow[] = await trx
    .from(table)
    .whereNotNull('removed_at')
    .whereIn('block_hash', blocks)
    .select('id', ...identity)
  const placeOf = (fact: FactRow) => identity.map((column) => fact[column]).join(' ')
  const byPlace = Map.groupBy(removed, placeOf)

  const counts = facts.map((fact): [number, number] => {
    const id = Number(fact.id)
    const earlier = byPlace.get(placeOf(fact))?.filter((other) => Number(other.id) < id) ?? []
    return [id, earlier.length]
  })
  return new Map(counts.filter(([, count]) => count > 0))
}
