import db from '@adonisjs/lucid/services/db'
import { idBounds, type IdBounds, idSlices } from '#foundation/db/id_bounds'
import { rowsOf } from '#foundation/db/statement'
import type { Window } from '#health/settings'

export interface StoredLaunches {
  source: string
  kind: string
  launches: number
  /** Those that the planner has not planned yet: no job says who should be told. */
  unplanned: number
}

/** Counts the launches that were stored in a window and stand, a slice at a time. */
export async function launchesStored(window: Window): Promise<StoredLaunches[]> {
  const sums = new Map<string, StoredLaunches>()
  const bounds = await idBounds(db.connection(), 'launch_events', window)
  for await (const slice of idSlices(bounds)) {
    for (const { source, kind, launches, unplanned } of await countSlice(slice, window)) {
      const key = `${source} ${kind}`
      const sum = sums.get(key)
      sums.set(key, {
        source,
        kind,
        launches: (sum?.launches ?? 0) + Number(launches),
        unplanned: (sum?.unplanned ?? 0) + Number(unplanned),
      })
    }
  }
  return [...sums.values()]
}

function countSlice({ after, through }: IdBounds, { since, until }: Window) {
  return rowsOf<Record<keyof StoredLaunches, any>>(
    db.connection(),
    `select source, kind, count(*) as launches,
       sum(case when planned_at is null then 1 else 0 end) as unplanned
     from launch_events
     where id > ? and id <= ? and created_at >= ? and created_at < ? and removed_at is null
     group by source, kind`,
    [after, through, since, until]
  )
}
