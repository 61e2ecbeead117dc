import db from '@adonisjs/lucid/services/db'
import { factTypes, type FactType } from '#facts/registry'

/** How many facts of each kind were ever stored. */
export type FactsStored = Partial<Record<FactType, number>>

/** Rows are numbered as they are stored: to count millions of them would take seconds. */
export async function readFactsStored(): Promise<FactsStored> {
  const types = Object.keys(factTypes) as FactType[]
  const newest = await Promise.all(types.map(async (type) => [type, await newestId(type)] as const))
  return Object.fromEntries(newest)
}

async function newestId(type: FactType): Promise<number> {
  const row = await db.from(factTypes[type].table).orderBy('id', 'desc').select('id').first()
  return Number(row?.id ?? 0)
}
