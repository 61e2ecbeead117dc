import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'

/** How many records may wait, and how long one is worth sending (milliseconds). */
export interface QueueLimits {
  queueLimit: number
  expiryMs: number
}

/** More records than there is room for: nothing of them was stored. */
export class WalletQueueFull extends Error {
  constructor(count: number, waiting: number, limit: number) {
    super(
      `No room for ${count} in the queue: of at most ${limit} records, ${waiting} wait to be sent`
    )
    this.name = 'WalletQueueFull'
  }
}

/**
 * What is in the outbox, or has jobs and none of them was tried: one receiver that hangs or is down
 * must not hold up the intake for those that keep up. Written with `false` as in the index, and with
 * `limit 1` because PostgreSQL may make a join of "exists" that goes through every job.
 */
const WAITING = `
  from ocr_wallet_info as record
  where webhook_sent = false and create_time > ?
    and (planned_at is null or ${aJob(`status in ('pending', 'sending')`)} is not null)
    and ${aJob('attempts > 0')} is null`

function aJob(condition: string): string {
  return `(
    select id from notification_jobs
    where fact_type = 'ocr_wallet' and fact_id = record.id and ${condition}
    limit 1)`
}

/**
 * Makes sure that there is room for `count` more records that wait to be sent for the first time.
 *
 * @param now epoch milliseconds
 * @throws WalletQueueFull
 */
export async function assertRoom(
  trx: TransactionClientContract,
  count: number,
  { queueLimit, expiryMs }: QueueLimits,
  now: number
) {
  const [row] = await rowsOf<{ waiting: number }>(trx, `select count(*) as waiting ${WAITING}`, [
    now - expiryMs,
  ])
  const waiting = Number(row!.waiting)
  if (waiting + count > queueLimit) {
    throw new WalletQueueFull(count, waiting, queueLimit)
  }
}
