import { Refusal, TransientError } from '#foundation/errors'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { insertAccepted } from '#foundation/db/insert_accepted'
import type { WrittenTable } from '#foundation/db/insert_rows'
import { writeTransaction } from '#foundation/db/transaction'
import { factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import { rowsOf } from '#foundation/db/statement'

/** A wallet code from text recognition, as it is stored. */
export interface WalletRecord {
  /** The machine that saw the picture. */
  source_ip: string
  /** The message of the picture; its id is 64 bits wide, so it is text. */
  msg_id: string
  group_id: string
  wallet_code: string
  serial_no: string
  /** Who sent the picture. */
  wx_id: string
  wx_nick_name: string
  pic_url: string | null
  /** When it was recognised, in epoch milliseconds. */
  create_time: number
}

/** One picture may show several codes: only both together name a record. */
export function keyOf({ msg_id, wallet_code }: Pick<WalletRecord, 'msg_id' | 'wallet_code'>) {
  return JSON.stringify([msg_id, wallet_code])
}

const wallets: WrittenTable = {
  name: 'ocr_wallet_info',
  columns: {
    source_ip: 'text',
    msg_id: 'text',
    group_id: 'text',
    wallet_code: 'text',
    serial_no: 'text',
    wx_id: 'text',
    wx_nick_name: 'text',
    pic_url: 'text',
    create_time: 'bigint',
    created_at: 'bigint',
  },
}

interface StoredWallets {
  /** A row for each record, in their order, as it was stored the first time. */
  rows: FactRow[]
  /** How many of them are new. */
  stored: number
}

/**
 * Stores records that are not there yet, all or none. The commit wakes the sender.
 *
 * @throws WalletQueueFull when too many are waiting to be sent already
 * @throws Refusal that names a record which the database refuses for what it holds
 */
export function storeWallets(
  records: readonly WalletRecord[],
  limits: QueueLimits,
  clock: Clock
): Promise<StoredWallets> {
  return writeTransaction(async (trx) => {
    const known = await rowsByKey(trx, records)
    const fresh = [...new Map(records.map((record) => [keyOf(record), record])).values()].filter(
      (record) => !known.has(keyOf(record))
    )
    const now = clock.now()
    if (fresh.length > 0) {
      await assertRoom(trx, fresh.length, limits, now)
    }
    const rows = fresh.map((record) => ({ ...record, created_at: now }))
    const { inserted: stored, refused } = await insertAccepted(trx, wallets, rows)
    if (refused.length > 0) throw unstorable(refused[0]!.row)

    const all = stored > 0 ? await rowsByKey(trx, records) : known
    return { rows: records.map((record) => all.get(keyOf(record))!), stored }
  })
}

/** So that its sender can leave it out, and send the others. */
function unstorable({ msg_id: message, wallet_code: code }: WalletRecord) {
  const what = `The record of message "${message}" and code "${code}" cannot be stored`
  return Refusal.invalid('msg_id', `${what}. Nothing of this request was`)
}

async function rowsByKey(trx: TransactionClientContract, records: readonly WalletRecord[]) {
  const messages = [...new Set(records.map(({ msg_id: message }) => message))]
  const { table, columns } = factTypes.ocr_wallet
  const rows: FactRow[] = await trx
    .from(table)
    .whereIn('msg_id', messages)
    .select(...columns)

  return new Map(rows.map((row) => [keyOf(row as unknown as WalletRecord), row]))
}

/** How many records may wait, and how long one is worth sending (milliseconds). */
export interface QueueLimits {
  queueLimit: number
  expiryMs: number
}

/** More records than there is room for: nothing of them was stored. */
export class WalletQueueFull extends TransientError {
  constructor(count: number, waiting: number, limit: number) {
    super(
      'queue_full',
      `No room for ${count} in the queue: of at most ${limit} records, ${waiting} wait to be sent`
    )
  }
}

/**
 * Records that are in the outbox, or whose jobs were never tried: one receiver that is down must not
 * stop the intake for the others. Written with `false` as in the index, and with
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
