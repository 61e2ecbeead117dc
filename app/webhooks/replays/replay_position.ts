import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { idBounds } from '#foundation/db/id_bounds'
import type { IdBounds } from '#foundation/db/id_bounds'
import { factTypes } from '#facts/registry'
import type { ReplayKind } from '#models/replay'
import type { FilterAnswers } from '#delivery/expressions/filter_answers'
import type { PlannedJob } from '#delivery/planning/planned_job'

/** How far a replay has come in each table that it reads; it ends when all are read through. */
export type ReplayPosition = Record<string, IdBounds>

/** The name under which a position keeps how far the jobs are read. */
export const JOBS = 'jobs'

/** Where a replay begins and ends: what is stored later comes by itself. */
export async function firstPosition(
  trx: TransactionClientContract,
  { kind, since, until }: { kind: ReplayKind; since: number; until: number }
): Promise<ReplayPosition> {
  if (kind === 'failed') {
    return { [JOBS]: await idBounds(trx, 'notification_jobs', { since, until }) }
  }
  const position: ReplayPosition = {}
  for (const [type, { table }] of Object.entries(factTypes)) {
    position[type] = await idBounds(trx, table, { since, until })
  }
  return position
}

export function isThrough(position: ReplayPosition): boolean {
  return Object.values(position).every(({ after, through }) => after >= through)
}

/** What a replay sends next, in its order, and where it is then. */
export interface Batch {
  events: ReplayedEvent[]
  position: ReplayPosition
  /** When the last row was stored that was read, in epoch milliseconds. */
  reachedAt: number | null
}

/** `limit` is a number of events, `now` in epoch milliseconds. */
export interface BatchLimits {
  limit: number
  answers: FilterAnswers
  now: number
}

/** An event that the endpoint gets for the first time, or one whose job goes once more. */
export type ReplayedEvent = { fresh: PlannedJob } | { jobId: number }

/** Rows of one table that are read in one transaction, so that it is a short one. */
export const ROWS_AT_ONCE = 500
