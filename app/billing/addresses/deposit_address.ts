import type { Clock } from '#foundation/clock'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { writeTransaction } from '#foundation/db/transaction'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import DepositAddress from '#models/deposit_address'
import type { ExtendedKey } from '#billing/addresses/extended_key'
import { finalizedState, type AccountState } from '#billing/watcher/account_state'
import { provenState } from '#billing/watcher/proven_state'

interface Giver {
  chainId: number
  key: ExtendedKey
  endpoints: EndpointPool
  clock: Clock
}

/**
 * The address to which this user pays, given out at the first call and kept for ever. Its index is
 * the number of the user, which is never used again.
 *
 * @throws RpcFailure when it is a new one and the chain cannot say what it holds already
 */
export async function depositAddressOf(
  userId: number,
  { chainId, key, endpoints, clock }: Giver
): Promise<DepositAddress> {
  const known = await DepositAddress.query().where({ chainId, userId }).first()
  if (known) return known

  const address = key.address(userId)
  const opening = await openingState(endpoints, address)
  return storeAddress({ chainId, address, derivationIndex: userId, userId }, opening, clock.now())
}

/**
 * The wallet to which all users pay (BNB_COLLECT_WALLET), watched from the first call on.
 *
 * @param address in lower case
 * @throws RpcFailure when it is new and the chain cannot say what it holds already
 */
export async function sharedAddress(
  address: `0x${string}`,
  { chainId, endpoints, clock }: { chainId: number; endpoints: EndpointPool; clock: Clock }
): Promise<DepositAddress> {
  const known = await DepositAddress.query().where({ chainId, address }).first()
  return (
    known ?? storeAddress({ chainId, address }, await openingState(endpoints, address), clock.now())
  )
}

/** What was there is no payment, and what was not there is one: an address that is in use is proven. */
async function openingState(endpoints: EndpointPool, address: string): Promise<AccountState> {
  const told = await finalizedState(endpoints, address)
  const isUnused = told.balance === 0n && told.nonce === 0
  return isUnused ? told : provenState(endpoints, address, told)
}

const TABLE: WrittenTable = {
  name: 'deposit_addresses',
  columns: {
    chain_id: 'bigint',
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
 * state was there before it was given out, and is no payment.
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
