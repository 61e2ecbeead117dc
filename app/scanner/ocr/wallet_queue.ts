import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

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
 * Makes sure that there is room for `count` more. The outbox is the queue: what the sender has
 * taken up waits for its receivers alone, and none of them may hold up the intake.
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
  const [row] = await trx
    .from('ocr_wallet_info')
    .whereNull('planned_at')
    .where('create_time', '>', now - expiryMs)
    .count('* as waiting')
  const waiting = Number(row.waiting)
  if (waiting + count > queueLimit) {
    throw new WalletQueueFull(count, waiting, queueLimit)
  }
}
