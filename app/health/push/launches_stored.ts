import db from '@adonisjs/lucid/services/db'
import { idBounds } from '#foundation/id_bounds'
import { rowsOf } from '#foundation/statement'
import type { Window } from '#health/push/window'

export interface StoredLaunches {
  source: string
  kind: string
  launches: number
  /** Those that nobody has planned yet: no job says who should be told. */
  unplanned: number
}

/** Counts the launches that were stored in a window and stand. */
export async function launchesStored({ since, until }: Window): Promise<StoredLaunches[]> {
  const client = db.connection()
  const { after, through } = await idBounds(client, 'launch_events', { since, until })
  const rows = await rowsOf<Record<keyof StoredLaunches, any>>(
    client,
    `select source, kind, count(*) as launches,
       sum(case when planned_at is null then 1 else 0 end) as unplanned
     from launch_events
     where id > ? and id <= ? and created_at >= ? and created_at < ? and removed_at is null
     group by source, kind`,
    [after, through, since, until]
  )
  return rows.map((row) => ({
    ...row,
    launches: Number(row.launches),
    unplanned: Number(row.unplanned),
  }))
}
