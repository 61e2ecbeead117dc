import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isDeadOwner } from '#foundation/db/lease_owner'
import { rowsOf } from '#foundation/db/statement'
import { transaction } from '#foundation/db/transaction'
import { because, NO_CAUSE } from '#models/reasons'
import type { MessageResult } from '#models/message_result'
import type { MessageLedger } from '#delivery/messages/message_ledger'

/** Longer than any request for a message, in milliseconds. Answers and keep-alives have no jobs. */
const LOST_AFTER_MS = 120_000

interface LostJob {
  id: number | string
  status: string
  attempts: number
  lease_owner: string | null
  lease_until: number | string | null
  message_id: number | string
  kind: string
  attempt: number
  result: MessageResult | null
}

/**
 * Ends what a process left behind that was killed between a request and the note of what came of it.
 * A message without a result may have arrived: whether it is sent once more is for the channel to say.
 *
 * @param now epoch milliseconds
 */
export async function settleLostMessages(ledger: MessageLedger, now: number): Promise<void> {
  await db
    .from(ledger.table)
    .whereRaw('result is null')
    .where('created_at', '<', now - LOST_AFTER_MS)
    .update({ result: 'unknown' })
  const lost = await lostJobs(ledger, now)
  if (lost.length > 0) {
    await transaction(async (trx) => {
      for (const job of lost) {
        await settle(trx, ledger, job, now)
      }
    })
  }
}

/** Finds jobs that a message tells of and that have not ended; written as in their index. */
const OPEN = `job.message_id is not null and job.status in ('pending', 'held', 'sending')`

/** Jobs of a message that no process has claimed, and that should have ended with it. */
async function lostJobs({ channel, table }: MessageLedger, now: number): Promise<LostJob[]> {
  const jobs = await rowsOf<LostJob>(
    db.connection(),
    `select job.id, status, attempts, lease_owner, lease_until, message_id, kind, attempt, result
     from notification_jobs as job cross join ${table} as message
     where ${OPEN} and job.channel = ? and message.id = job.message_id`,
    [channel]
  )
  return jobs.filter((job) => isLost(job, now))
}

/** One that is to be repeated has had its try counted. */
function isLost({ status, attempts, attempt, result, ...job }: LostJob, now: number): boolean {
  if (status === 'sending') {
    return Number(job.lease_until) <= now || isDeadOwner(job.lease_owner!)
  }
  return result !== 'unknown' || attempts < attempt
}

async function settle(
  trx: TransactionClientContract,
  { table, mayRepeat }: MessageLedger,
  job: LostJob,
  now: number
) {
  const result = job.result ?? 'unknown'
  await trx.from(table).where('id', job.message_id).whereNull('result').update({ result })
  await trx
    .from('notification_jobs')
    .where({ id: job.id, status: job.status, message_id: job.message_id })
    .update({
      ...endOf(result, job, mayRepeat(job.kind), now),
      lease_owner: null,
      lease_until: null,
    })
}

function endOf(result: MessageResult, { attempt }: LostJob, mayRepeat: boolean, now: number) {
  switch (result) {
    case 'accepted':
      return { status: 'sent', attempts: attempt, sent_at: now, ...NO_CAUSE }
    case 'unconfirmed':
      return { status: 'failed', attempts: attempt, ...because('unconfirmed') }
    case 'unknown': {
      const status = mayRepeat && attempt === 1 ? 'pending' : 'failed'
      return { status, attempts: attempt, ...because('unknown_outcome') }
    }
    case 'refused':
    case 'unsent':
      return { status: 'pending', message_id: null, ...NO_CAUSE }
  }
}
