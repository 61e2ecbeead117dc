import type { Hash } from 'viem'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type DepositAddress from '#models/deposit_address'
import DepositOutflow from '#models/deposit_outflow'
import Payment from '#models/payment'
import { stateAt, type AccountState } from '#billing/watcher/account_state'
import { takenOut, type RawReceipt, type RawTransaction } from '#billing/watcher/block_transfers'

/** What the chain says of an address beside what the ledger says. Amounts are wei in decimal text. */
export interface AddressProof {
  address: string
  user_id: number | null
  /** Since the address was given out, by the chain. */
  received: string
  /** By the ledger: what has an owner, and what waits for one. */
  credited: string
  unassigned: string
  /** In words; null where both say the same. */
  difference: string | null
}

/**
 * Reckons what an address has received: what it holds, and what each of its own transactions took
 * out, read from the chain once more.
 *
 * @throws RpcFailure
 */
export async function auditAddress(
  endpoints: EndpointPool,
  address: DepositAddress,
  block: number
): Promise<AddressProof> {
  const at = Math.max(block, address.openingBlock)
  const state = await stateAt(endpoints, address.address, at)
  // A watcher at work may be some blocks ahead.
  const entries = { address_id: address.id }
  const payments = await Payment.query().where(entries).where('to_block', '<=', at)
  const outflows = await DepositOutflow.query().where(entries).where('block_number', '<=', at)

  const sweeps = outflows.flatMap(({ kind, txHash }) => (kind === 'sweep' ? [txHash!] : []))
  let swept = 0n
  for (const hash of sweeps) {
    swept += await sweptAmount(endpoints, hash)
  }
  const lost = sum(outflows.filter(({ kind }) => kind === 'loss'))
  const received = state.balance - address.openingBalance + swept + lost
  const credited = sum(payments.filter(({ ownerId }) => ownerId !== null))
  const entered = sum(payments)

  return {
    address: address.address,
    user_id: address.userId,
    received: String(received),
    credited: String(credited),
    unassigned: String(entered - credited),
    difference: differenceOf(address, {
      state,
      sweeps: sweeps.length,
      missing: received - entered,
    }),
  }
}

interface Comparison {
  state: AccountState
  sweeps: number
  /** Received by the chain less what the ledger has. */
  missing: bigint
}

function differenceOf(address: DepositAddress, { state, sweeps, missing }: Comparison) {
  const sent = state.nonce - address.openingNonce
  if (sent !== sweeps) {
    return `${sent} transactions were sent from it, the ledger has ${sweeps}`
  }
  if (missing > 0n) return `${missing} wei were received and are not in the ledger`
  if (missing < 0n) return `the ledger has ${-missing} wei more than were received`
  return null
}

function sum(rows: readonly { amount: bigint }[]): bigint {
  return rows.reduce((total, { amount }) => total + amount, 0n)
}

/**
 * What a transaction took out of the account that sent it, in wei, its fee included.
 *
 * @throws RpcFailure
 */
async function sweptAmount(endpoints: EndpointPool, hash: Hash): Promise<bigint> {
  return endpoints.ask(async (endpoint) => {
    const transaction = (await endpoint.call('eth_getTransactionByHash', [hash])) as RawTransaction
    const receipt = (await endpoint.call('eth_getTransactionReceipt', [hash])) as RawReceipt
    if (!transaction || !receipt) {
      throw new RpcFailure('lagging', `${endpoint.name} answered no transaction ${hash}`)
    }
    return takenOut(transaction, receipt)
  })
}
