import { writeTransaction } from '#foundation/db/write_transaction'
import type { Clock } from '#foundation/clock'
import type NotificationJob from '#models/notification_job'
import { visibleDeliveries } from '#webhooks/deliveries/find_delivery'
import { hindranceOf } from '#webhooks/deliveries/hindrance'
import type { Hindrance } from '#webhooks/deliveries/hindrance'
import { activeEndpoints } from '#webhooks/deliveries/active_endpoints'
import { putBack } from '#webhooks/replays/put_back'
import { revivedStates } from '#webhooks/replays/wanted_events'

/** What became of deliveries that were to go again. */
export interface Replayed {
  replayed: number[]
  /** Those that were left as they are, and why. */
  left: { id: number; hindrance: Hindrance }[]
}

interface Wish {
  ids: readonly number[]
  /** Also what was accepted already. */
  again: boolean
}

/**
 * Sends deliveries again, at once and under the ids they had: those of one owner (a user's id) or
 * of any (null). Doing it twice sends nothing twice, unless `again` asks for what was accepted.
 */
export function replayDeliveries(
  { ids, again }: Wish,
  owner: number | null,
  clock: Clock
): Promise<Replayed> {
  return writeTransaction(async (trx) => {
    const jobs = await visibleDeliveries(ids, owner).useTransaction(trx)
    const byId = new Map(jobs.map((job): [number, NotificationJob] => [job.id, job]))
    const now = clock.now()
    const endpoints = await activeEndpoints(trx, jobs, now)

    const judged = [...new Set(ids)].map((id) => {
      return { id, hindrance: hindranceOf(byId.get(id), { ...endpoints, again }) }
    })
    const replayed = judged.filter(({ hindrance }) => !hindrance).map(({ id }) => id)
    await putBack(
      trx,
      replayed.map((id) => ({ job_id: id, due_at: now })),
      revivedStates({ again })
    )
    return {
      replayed,
      left: judged.flatMap(({ id, hindrance }) => (hindrance ? { id, hindrance } : [])),
    }
  })
}
