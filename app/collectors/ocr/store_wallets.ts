import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { writeTransaction } from '#foundation/db/write_transaction'
import { factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import { assertRoom, type QueueLimits } from '#collectors/ocr/wallet_queue'
import { keyOf, type WalletRecord } from '#collectors/ocr/wallet_record'

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
    const stored = await insertRows(trx, wallets, rows)

    const all = stored > 0 ? await rowsByKey(trx, records) : known
    return { rows: records.map((record) => all.get(keyOf(record))!), stored }
  })
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
