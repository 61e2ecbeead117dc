import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import type { FactRow } from '#facts/define_fact'

/** As many graduations are looked up at once: a planner takes fewer in one go. */
const MOST = 500

/**
 * What is known, by token, of those whose graduations are still to be planned and name neither symbol nor
 * creator: the launches before them did.
 */
export async function readGraduatingTokens(
  client: QueryClientContract
): Promise<ReadonlyMap<string, FactRow>> {
  const rows = await rowsOf<FactRow>(
    client,
    `select launch.token_address, launch.symbol, launch.name, launch.creator
     from (select token_address from launch_events
       where planned_at is null and kind = 'graduated' and symbol is null
       order by id limit ${MOST}) as graduation
     join launch_events as launch on launch.token_address = graduation.token_address
     where launch.kind = 'created' and launch.removed_at is null`,
    []
  )
  return new Map(rows.map((row) => [String(row.token_address), row]))
}
