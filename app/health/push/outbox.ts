import db from '@adonisjs/lucid/services/db'
import { allFactTypes, factTypes } from '#facts/registry'
import type { FactType } from '#facts/registry'

export interface Outbox {
  /** Facts that nobody has planned yet. */
  facts: number
  /** When the oldest of them was stored or taken back, in epoch milliseconds. */
  oldest_at: number | null
}

/** What waits for the planner. Costs what waits: each table has an index of that alone. */
export async function readOutbox(): Promise<Outbox> {
  const parts = await Promise.all(allFactTypes().map(readOne))
  const oldest = parts.flatMap(({ oldest_at: at }) => at ?? [])
  return {
    facts: parts.reduce((sum, { facts }) => sum + facts, 0),
    oldest_at: oldest.length > 0 ? Math.min(...oldest) : null,
  }
}

async function readOne(type: FactType): Promise<Outbox> {
  const unplanned = () => db.from(factTypes[type].table).whereNull('planned_at')
  const [count, oldest] = await Promise.all([
    unplanned().count('* as facts').first(),
    unplanned().orderBy('id').select('created_at', 'removed_at').first(),
  ])
  return {
    facts: Number(count.facts),
    oldest_at: oldest ? Number(oldest.removed_at ?? oldest.created_at) : null,
  }
}
