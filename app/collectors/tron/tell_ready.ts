import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'

interface Telling {
  chainId: number
  watchesAll: boolean
  /** The time of the network up to which was read, in epoch milliseconds. */
  upTo: number
  /** Epoch milliseconds. */
  now: number
}

const readyEvents: WrittenTable = {
  name: 'unfreeze_ready_events',
  columns: {
    owner_address: 'text',
    resource_type: 'text',
    amount: 'text',
    available_time: 'bigint',
    unfreeze_tx_hash: 'text',
    contract_index: 'integer',
    chain_id: 'bigint',
    block_number: 'bigint',
    block_hash: 'text',
    event_time: 'bigint',
    created_at: 'bigint',
  },
}

/**
 * Makes what waits ready when its time has come, and tells of it once. The clock is the network's, as
 * far as it was read: what was taken out until then is known. What was ready before it was stored is
 * no news, and of an account that is watched no more nothing is known.
 */
export async function tellReady(
  trx: TransactionClientContract,
  { chainId, watchesAll, upTo, now }: Telling
) {
  const due = await trx
    .from('unfreeze_records')
    .where({ chain_id: chainId, status: 'waiting' })
    .where('available_time', '<=', upTo)
  if (due.length === 0) {
    return
  }
  await trx
    .from('unfreeze_records')
    .whereIn(
      'id',
      due.map(({ id }) => Number(id))
    )
    .update({ status: 'ready', updated_at: now })

  const watched = watchesAll ? null : await watchedAmong(trx, chainId, due)
  const news = due.filter(
    ({ owner_address: owner, available_time: since, created_at: stored }) =>
      Number(since) > Number(stored) && (watched?.has(owner) ?? true)
  )
  await insertRows(
    trx,
    readyEvents,
    news.map((row) => ({ ...row, event_time: row.available_time, created_at: now }))
  )
}

async function watchedAmong(
  trx: TransactionClientContract,
  chainId: number,
  due: readonly { owner_address: string }[]
): Promise<Set<string>> {
  const owners = [...new Set(due.map(({ owner_address: owner }) => owner))]
  const rows = await trx
    .from('tron_accounts')
    .where('chain_id', chainId)
    .whereIn('address', owners)
    .select('address')
  return new Set(rows.map(({ address }) => address))
}
