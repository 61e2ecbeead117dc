import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { writeTransaction } from '#foundation/db/write_transaction'
import DepositAddress from '#models/deposit_address'
import type { AccountState } from '#billing/watching/account_state'

const TABLE: WrittenTable = {
  name: 'deposit_addresses',
  columns: {
    chain_id: 'integer',
    address: 'text',
    derivation_index: 'bigint',
    user_id: 'bigint',
    opening_block: 'bigint',
    opening_balance: 'text',
    opening_nonce: 'bigint',
    seen_block: 'bigint',
    seen_balance: 'text',
    seen_nonce: 'bigint',
    watched_until: 'bigint',
    created_at: 'bigint',
  },
}

interface NewAddress {
  chainId: number
  address: string
  derivationIndex?: number
  userId?: number
}

/**
 * Stores an address unless it is known, and answers its row. What the address holds in its opening
 * state was there before anybody was told of it, and is nobody's payment.
 *
 * @param now epoch milliseconds
 */
export async function storeAddress(
  { chainId, address, derivationIndex, userId }: NewAddress,
  opening: AccountState,
  now: number
): Promise<DepositAddress> {
  const row = {
    chain_id: chainId,
    address,
    derivation_index: derivationIndex,
    user_id: userId,
    opening_block: opening.block,
    opening_balance: String(opening.balance),
    opening_nonce: opening.nonce,
    seen_block: opening.block,
    seen_balance: String(opening.balance),
    seen_nonce: opening.nonce,
    watched_until: 0,
    created_at: now,
  }
  await writeTransaction((trx) => insertRows(trx, TABLE, [row]))
  return DepositAddress.query().where({ chainId, address }).firstOrFail()
}
