import type { FactRow } from '#facts/define_fact'

const DAY_MS = 86_400_000

/** A row of unfreeze_records as the database answers it. */
export type UnfreezeRow = Record<
  | 'id'
  | 'chain_id'
  | 'block_number'
  | 'unfreeze_time'
  | 'available_time'
  | 'closed_block'
  | 'closed_time',
  number | string | null
> & {
  owner_address: string
  resource_type: string
  amount: string
  unfreeze_tx_hash: string
  contract_index: number
  status: string
  closed_tx_hash: string | null
}

/**
 * An unfreeze as programs see it. Its state is that of the network as far as it was read; whether it
 * can be withdrawn is told by the clock as well.
 *
 * @param now epoch milliseconds
 */
export function unfreezeView(row: UnfreezeRow, now: number): FactRow {
  const available = Number(row.available_time)
  const isOpen = row.status === 'waiting' || row.status === 'ready'
  return {
    id: Number(row.id),
    owner_address: row.owner_address,
    resource_type: row.resource_type,
    amount: row.amount,
    unfreeze_tx_hash: row.unfreeze_tx_hash,
    contract_index: row.contract_index,
    unfreeze_time: Number(row.unfreeze_time),
    available_time: available,
    status: row.status,
    can_withdraw: isOpen && available <= now,
    days_until_withdrawable: isOpen ? Math.max(0, Math.ceil((available - now) / DAY_MS)) : null,
    closed_tx_hash: row.closed_tx_hash,
    closed_time: row.closed_time === null ? null : Number(row.closed_time),
    chain_id: Number(row.chain_id),
    block_number: Number(row.block_number),
  }
}
