import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/write_transaction'
import { EVENTS_AT_ONCE, replayedEndpoint, reviveJobs } from '#delivery/endpoints/replay'
import type { ReplayRequest, ReplayResult } from '#delivery/endpoints/replay'
import { REMOVED } from '#delivery/planned_removal'

/** What did not arrive and is not tried any more. */
const FAILED = ['failed', 'skipped']

/**
 * Sends an endpoint again what was given up or set aside since a time. Doing it twice changes
 * nothing: what waits or was sent is left alone.
 *
 * @throws UnknownEndpoint, or RefusedEndpoint when it is disabled
 */
export async function replayFailed(request: ReplayRequest, clock: Clock): Promise<ReplayResult> {
  const endpoint = await replayedEndpoint(request.endpointId)
  let revived = 0
  let after = 0

  while (revived < request.limit) {
    const ids = await failedJobs(endpoint.id, request.since, after, request.limit - revived)
    if (ids.length === 0) {
      break
    }
    after = ids.at(-1)!
    revived += request.isDryRun
      ? ids.length
      : await writeTransaction((trx) => reviveJobs(trx, ids, FAILED, clock.now()))
  }
  return { endpoint, added: 0, revived }
}

async function failedJobs(endpointId: number, since: number, after: number, limit: number) {
  const rows: { id: number | string }[] = await db
    .from('notification_jobs')
    .where({ channel: 'webhook', target_id: endpointId })
    .where('id', '>', after)
    .where('created_at', '>=', since)
    .whereIn('status', FAILED)
    .where((query) => query.whereNull('last_error').orWhereNot('last_error', REMOVED))
    .orderBy('id')
    .limit(Math.min(limit, EVENTS_AT_ONCE))
    .select('id')
  return rows.map(({ id }) => Number(id))
}
