import db from '@adonisjs/lucid/services/db'
import { jsonIds } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import { UNSENT } from '#models/notification_job'
import { allFactTypes, removalOf } from '#facts/registry'
import { inJobClass } from '#delivery/queue/job'
import { NOTHING_WAITS } from '#wechat/sending/next_push'
import type { Waiting } from '#wechat/sending/next_push'
import { WECHAT } from '#wechat/sending/wechat_subscribers'

const WAITING = [inJobClass.first, inJobClass.retry, `${UNSENT} and status = 'held'`]

/** Jobs that only take something back, as a list of SQL. */
function removals(): string {
  return allFactTypes()
    .map((type) => `'${removalOf(type)}'`)
    .join(', ')
}

interface Row {
  target_id: number | string
  events: number | string
  priority: number
}

/** What waits for each of some bindings, due or held. */
export async function readWaiting(
  bindingIds: readonly number[]
): Promise<(bindingId: number) => Waiting> {
  if (bindingIds.length === 0) {
    return () => NOTHING_WAITS
  }
  const client = db.connection()
  const parts = WAITING.map(
    (condition) =>
      `select target_id, fact_type, priority from notification_jobs
       where ${condition} and channel = ? and target_id in ${jsonIds(client)}`
  )
  const ids = JSON.stringify(bindingIds)
  const rows = await rowsOf<Row>(
    client,
    `select target_id, max(priority) as priority,
       sum(case when fact_type in (${removals()}) then 0 else 1 end) as events
     from (${parts.join(' union all ')}) as waiting group by target_id`,
    WAITING.flatMap(() => [WECHAT, ids])
  )
  const found = new Map(
    rows.map(({ target_id: id, events, priority }) => [
      Number(id),
      { events: Number(events), isFirst: priority > 0 },
    ])
  )
  return (bindingId) => found.get(bindingId) ?? NOTHING_WAITS
}
