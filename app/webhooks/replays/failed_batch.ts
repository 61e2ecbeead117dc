import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { UNSENT } from '#models/notification_job'
import type { JobReason } from '#models/reasons'
import type Replay from '#models/replay'
import { wantsEvent } from '#facts/event_types'
import { isFiltered } from '#delivery/expressions/checked'
import { ROWS_AT_ONCE, JOBS } from '#webhooks/replays/replay_position'
import type { Batch } from '#webhooks/replays/replay_position'

/** What did not arrive and is not tried any more. */
export const FAILED = ['failed', 'skipped'] as const

interface FailedJob {
  id: number | string
  event_type: string
  reason: JobReason | null
  created_at: number | string
}

/** The next jobs, up to `limit`, that have failed or were skipped. */
export async function failedBatch(
  trx: TransactionClientContract,
  replay: Replay,
  { limit }: { limit: number }
): Promise<Batch> {
  const jobs = await failedJobs(trx, replay)
  const { after, through } = replay.position[JOBS]!
  const batch: Batch = {
    events: [],
    position: { [JOBS]: { after: jobs.length > 0 ? after : through, through } },
    reachedAt: replay.reachedAt,
  }

  for (const job of jobs) {
    if (batch.events.length === limit) {
      break
    }
    if (canBeSent(job) && isAskedFor(replay, job)) {
      batch.events.push({ jobId: Number(job.id) })
    }
    batch.position[JOBS]!.after = Number(job.id)
    batch.reachedAt = Number(job.created_at)
  }
  return batch
}

/** What a filter excluded may be wanted by now: that is for a replay of history to judge. */
function canBeSent({ reason }: FailedJob): boolean {
  return reason !== 'event_removed' && !isFiltered(reason)
}

function isAskedFor({ eventTypes }: Replay, job: FailedJob): boolean {
  return eventTypes === null || wantsEvent(eventTypes, job.event_type)
}

/** State by state, each in the order of an index: what comes first of both is known at once. */
async function failedJobs(trx: TransactionClientContract, replay: Replay): Promise<FailedJob[]> {
  const { after, through } = replay.position[JOBS]!
  const found: FailedJob[] = []
  for (const status of FAILED) {
    const ofStatus: FailedJob[] = await trx
      .from('notification_jobs')
      .whereRaw(UNSENT)
      .where({ target_id: replay.endpointId, status, channel: 'webhook' })
      .where('id', '>', after)
      .where('id', '<=', through)
      .where('created_at', '>=', replay.since)
      .where('created_at', '<', replay.until)
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .select('id', 'event_type', 'reason', 'created_at')
    found.push(...ofStatus)
  }
  return found.sort((a, b) => Number(a.id) - Number(b.id)).slice(0, ROWS_AT_ONCE)
}
