import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isDeadOwner } from '#foundation/db/lease_owner'
import { rowsOf } from '#foundation/db/statement'
import { transaction } from '#foundation/db/transaction'
import { because, NO_CAUSE } from '#models/reasons'
import type { MessageKind, MessageResult } from '#models/wechat_message'
import { WECHAT } from '#wechat/sending/wechat_subscribers'

/** Longer than any request for a message, in milliseconds. Answers and keep-alives have no jobs. */
const LOST_AFTER_MS = 120_000

interface LostJob {
  id: number | string
  status: string
  attempts: number
  lease_owner: string | null
  lease_until: number | string | null
  message_id: number | string
  kind: MessageKind
  attempt: number
  result: MessageResult | null
}

/**
 * Ends what a process left behind that was killed between a request and the note of what came of it.
 * A message without a result may have arrived: one event of its own is told once more, many are not.
 *
 * @param now epoch milliseconds
 */
export async function settleLostMessages(now: number): Promise<void> {
  await db
    .from('wechat_messages')
    .whereRaw('result is null')
    .where('created_at', '<', now - LOST_AFTER_MS)
    .update({ result: 'unknown' })
  const lost = await lostJobs(now)
  if (lost.length > 0) {
    await transaction(async (trx) => {
      for (const job of lost) {
        await settle(trx, job, now)
      }
    })
  }
}

/** Finds jobs that a message tells of and that have not ended; written as in their index. */
const OPEN = `job.message_id is not null and job.status in ('pending', 'held', 'sending')`

/** Jobs that a message tells of and no process has in hand, which should have ended with it. */
async function lostJobs(now: number): Promise<LostJob[]> {
  const jobs = await rowsOf<LostJob>(
    db.connection(),
    `select job.id, status, attempts, lease_owner, lease_until, message_id, kind, attempt, result
     from notification_jobs as job cross join wechat_messages as message
     where ${OPEN} and job.channel = ? and message.id = job.message_id`,
    [WECHAT]
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

async function settle(trx: TransactionClientContract, job: LostJob, now: number) {
  const result = job.result ?? 'unknown'
  await trx
    .from('wechat_messages')
    .where('id', job.message_id)
    .whereNull('result')
    .update({ result })
  await trx
    .from('notification_jobs')
    .where({ id: job.id, status: job.status, message_id: job.message_id })
    .update({ ...endOf(result, job, now), lease_owner: null, lease_until: null })
}

function endOf(result: MessageResult, { kind, attempt }: LostJob, now: number) {
  switch (result) {
    case 'accepted':
      return { status: 'sent', attempts: attempt, sent_at: now, ...NO_CAUSE }
    case 'unconfirmed':
      return { status: 'failed', attempts: attempt, ...because('unconfirmed') }
    case 'unknown': {
      const mayRepeat = kind === 'single' && attempt === 1
      const status = mayRepeat ? 'pending' : 'failed'
      return { status, attempts: attempt, ...because('unknown_outcome') }
    }
    case 'refused':
    case 'unsent':
      return { status: 'pending', message_id: null, ...NO_CAUSE }
  }
}
