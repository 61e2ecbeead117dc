import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { idBounds } from '#foundation/db/id_bounds'
import type { IdBounds } from '#foundation/db/id_bounds'
import { factTypes } from '#facts/registry'
import type { ReplayKind } from '#models/replay'

/** How far a replay has come in each table that it reads; it ends when all are read through. */
export type Position = Record<string, IdBounds>

/** The name under which a position keeps how far the jobs are read. */
export const JOBS = 'jobs'

/** Where a replay begins and ends: what is stored later comes by itself. */
export async function firstPosition(
  trx: TransactionClientContract,
  { kind, since, until }: { kind: ReplayKind; since: number; until: number }
): Promise<Position> {
  if (kind === 'failed') {
    return { [JOBS]: await idBounds(trx, 'notification_jobs', { since, until }) }
  }
  const position: Position = {}
  for (const [type, { table }] of Object.entries(factTypes)) {
    position[type] = await idBounds(trx, table, { since, until })
  }
  return position
}

export function isThrough(position: Position): boolean {
  return Object.values(position).every(({ after, through }) => after >= through)
}
