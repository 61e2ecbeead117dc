import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonIds, jsonOf, jsonRows } from '#foundation/db/json_rows'
import { execute, rowsOf } from '#foundation/db/statement'
import { quoted } from '#models/reasons'
import { useTrialPushes } from '#billing/plans/trial_push'
import type { ClaimedJob } from '#delivery/queue/job'
import type { MessageLedger } from '#delivery/messages/message_ledger'

const COLUMNS = { job_id: 'bigint', held_fence: 'integer' } as const

/**
 * Notes the message that tells of jobs, before it is sent. A job is in one message at a time: one
 * whose earlier message has not ended yet, or has told of it, is in no other.
 *
 * @returns false when that is so of any of them, or another process has it now
 */
export async function linkJobs(
  trx: TransactionClientContract,
  { table }: MessageLedger,
  jobs: readonly ClaimedJob[],
  messageId: number
): Promise<boolean> {
  if (jobs.length === 0) {
    return true
  }
  const linked = await rowsOf(
    trx,
    `update notification_jobs set message_id = ? from ${jsonRows(trx, 'told', COLUMNS)}
     where id = job_id and fence = held_fence and status = 'sending'
       and not exists (
         select 1 from ${table} as earlier
         where earlier.id = notification_jobs.message_id
           and (earlier.result is null or earlier.result in ('accepted', 'unconfirmed')))
     returning id`,
    [
      messageId,
      jsonOf(
        COLUMNS,
        jobs.map(({ id, fence }) => ({ job_id: id, held_fence: fence }))
      ),
    ]
  )
  return linked.length === jobs.length
}

/** Takes the jobs out of a message that was not taken: they are told in another one. */
export async function unlinkJobs(
  trx: TransactionClientContract,
  { channel }: MessageLedger,
  messageId: number
) {
  await trx
    .from('notification_jobs')
    .where({ channel, message_id: messageId })
    .update({ message_id: null })
}

/**
 * Notes that messages have told of their jobs after all: these had ended as being in doubt, and what a
 * trial was given back for them is taken again.
 */
export async function acceptLate(
  trx: TransactionClientContract,
  { channel }: MessageLedger,
  messageIds: readonly number[],
  now: number
) {
  const accepted = await rowsOf<{ id: number | string }>(
    trx,
    `update notification_jobs set status = 'sent', sent_at = ?, reason = null, detail = null
     where message_id in ${jsonIds(trx)} and channel = ? and status = 'failed'
       and reason in (${quoted('unknown_outcome', 'unconfirmed')})
     returning id`,
    [now, JSON.stringify(messageIds), channel]
  )
  if (accepted.length > 0) {
    await useTrialPushes(
      trx,
      accepted.map(({ id }) => Number(id)),
      now
    )
  }
}

/** Finds jobs that ended untold and that no message has counted yet; written as in their index. */
const UNCOUNTED = `status = 'expired' and message_id is null and channel = ? and target_id = ?`

/** How many events became too old, or were too many, and are still to be told as a number. */
export async function countUncounted(
  client: Pick<TransactionClientContract, 'from'>,
  { channel }: MessageLedger,
  targetId: number
): Promise<number> {
  const [row] = await client
    .from('notification_jobs')
    .whereRaw(UNCOUNTED, [channel, targetId])
    .count('* as jobs')
  return Number(row.jobs)
}

/** Notes the message that has counted what ended untold. */
export async function linkUncounted(
  trx: TransactionClientContract,
  { channel }: MessageLedger,
  targetId: number,
  messageId: number
) {
  await execute(trx, `update notification_jobs set message_id = ? where ${UNCOUNTED}`, [
    messageId,
    channel,
    targetId,
  ])
}
