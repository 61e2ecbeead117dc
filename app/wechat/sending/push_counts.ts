import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { JobStatus } from '#models/notification_job'
import { SUMMARISED, type JobReason } from '#models/reasons'
import type { MessageKind } from '#models/wechat_message'
import { WECHAT } from '#wechat/sending/wechat_subscribers'

/** What became of the events that were planned for a binding. Each is counted once. */
export interface PushCounts {
  /** Accepted as a message of its own. */
  accepted: number
  /** Accepted in a message that tells of many. */
  inDigest: number
  /** Planned, and neither sent nor held yet. */
  waiting: number
  /** Until the user writes, or a time has come. */
  held: number
  /** More waited than a message may tell: told as a number. */
  summarised: number
  expired: number
  failed: number
  /** May have arrived, and is not repeated. */
  unknown: number
  /** Taken without an id: it may not be shown. */
  unconfirmed: number
  /** On purpose: a reorg took it back, or the binding had ended. */
  skipped: number
}

interface Row {
  status: JobStatus
  reason: JobReason | null
  kind: MessageKind | null
  jobs: number | string
}

/** Counts what became of all that was planned for a binding. */
export async function countPushes(
  client: QueryClientContract,
  bindingId: number
): Promise<PushCounts> {
  const rows: Row[] = await client
    .from('notification_jobs as job')
    .leftJoin('wechat_messages as message', 'message.id', 'job.message_id')
    .where({ 'job.channel': WECHAT, 'job.target_id': bindingId })
    .groupBy('job.status', 'job.reason', 'message.kind')
    .select('job.status', 'job.reason', 'message.kind')
    .count('* as jobs')

  const counts: PushCounts = {
    ...{ accepted: 0, inDigest: 0, waiting: 0, held: 0, summarised: 0, expired: 0 },
    ...{ failed: 0, unknown: 0, unconfirmed: 0, skipped: 0 },
  }
  for (const row of rows) {
    counts[fateOf(row)] += Number(row.jobs)
  }
  return counts
}

function fateOf({ status, reason, kind }: Row): keyof PushCounts {
  switch (status) {
    case 'sent':
      return kind === 'single' ? 'accepted' : 'inDigest'
    case 'pending':
    case 'sending':
      return 'waiting'
    case 'expired':
      return reason === SUMMARISED ? 'summarised' : 'expired'
    case 'failed':
      return reason === 'unknown_outcome'
        ? 'unknown'
        : reason === 'unconfirmed'
          ? 'unconfirmed'
          : 'failed'
    case 'held':
    case 'skipped':
      return status
  }
}
