import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import DepositAddress from '#models/deposit_address'
import { accountFor } from '#billing/ledger/account_for'
import type { PlanTerms } from '#config/plans'
import { accountChanges } from '#billing/watcher/account_changes'
import { readBalances, stateAt } from '#billing/watcher/account_state'
import { provenState } from '#billing/watcher/proven_state'

/**
 * Addresses of one check that are read in full although their balance is the same: as much may
 * have been swept as came in, and only the nonce tells. Those that waited longest are next.
 */
export const FULL_READS = 4

/** Requests of a check where nothing has changed: all balances, balance and nonce of some, and tokens. */
export const REQUESTS_PER_CHECK = 2 + 2 * FULL_READS

export interface CheckOptions {
  endpoints: EndpointPool
  terms: PlanTerms
  clock: Clock
  /** Confirms, inside a transaction, the right to write; throws where it is lost. */
  confirm: (trx: TransactionClientContract) => Promise<void>
  /** Since when the history of an address could not be told, by its number, in epoch milliseconds. */
  untoldSince: Map<number, number>
}

interface Extent {
  /** The block of the check before this one. */
  earlier?: number
  /** How many addresses are read in full, whatever their balance says. */
  fullReads: number
}

/** How long a history that no endpoint tells is asked for again before it is done without, in milliseconds. */
const PATIENCE_MS = 300_000

/**
 * Reads the balances of addresses at the end of a final block, and accounts for what differs from
 * what is accounted for. A second check at the same block credits nothing.
 *
 * @returns what came in, in wei
 * @throws RpcFailure when one of them could not be read; all others are accounted for
 */
export async function checkBalances(
  addresses: readonly DepositAddress[],
  block: number,
  options: CheckOptions,
  { earlier, fullReads }: Extent
): Promise<bigint> {
  const older = addresses
    .filter(({ seenBlock }) => seenBlock < block)
    .sort((one, other) => one.seenBlock - other.seenBlock)
  if (older.length === 0) return 0n

  const balances = await readBalances(
    options.endpoints,
    older.map(({ address }) => address),
    block
  )
  let received = 0n
  let failure: RpcFailure | undefined
  for (const [index, address] of older.entries()) {
    if (index >= fullReads && balances[index] === address.seenBalance) continue
    try {
      received += await catchUp(address, block, options, earlier)
      options.untoldSince.delete(address.id)
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error
      const since = options.untoldSince.get(address.id) ?? options.clock.now()
      options.untoldSince.set(address.id, since)
      failure = error
    }
  }
  if (failure) throw failure
  return received
}

async function catchUp(
  address: DepositAddress,
  block: number,
  { endpoints, terms, clock, confirm, untoldSince }: CheckOptions,
  earlier?: number
): Promise<bigint> {
  const seen = {
    block: address.seenBlock,
    balance: address.seenBalance,
    nonce: address.seenNonce,
  }
  const told = await stateAt(endpoints, address.address, block)
  const hasChanged = told.balance !== seen.balance || told.nonce !== seen.nonce
  const now = hasChanged ? await provenState(endpoints, address.address, told) : told
  const waited = clock.now() - (untoldSince.get(address.id) ?? clock.now())
  const account = {
    endpoints,
    address: address.address,
    isShared: address.userId === null,
    mayWait: waited < PATIENCE_MS,
  }

  let received = 0n
  for (const change of await accountChanges(account, seen, now, earlier)) {
    const amount = await accountFor(address, change, { terms, now: clock.now(), confirm })
    if (amount === null) return received
    received += amount
  }
  await DepositAddress.query()
    .where('id', address.id)
    .where({ seenBalance: String(now.balance), seenNonce: now.nonce })
    .where('seen_block', '<', block)
    .update({ seen_block: block })
  return received
}
