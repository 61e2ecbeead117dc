import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type DepositAddress from '#models/deposit_address'
import DepositOutflow from '#models/deposit_outflow'
import Payment from '#models/payment'
import type { ExtendedKey } from '#billing/addresses/extended_key'
import { auditOutflows } from '#billing/audit/audit_outflows'
import { auditDeposits } from '#billing/audit/audit_deposits'
import { stateAt, type AccountState } from '#billing/watcher/account_state'
import { hasCode } from '#billing/watcher/believe_changes'
import { provenState } from '#billing/watcher/proven_state'

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
  /** What code took out of it: only the two balances said so, and states of then are gone. */
  taken_by_code: string
}

/** What the chain is asked with. */
export interface AuditSource {
  endpoints: EndpointPool
  /** From which addresses of users follow; null where all pay at one wallet. */
  key: ExtendedKey | null
  /** The final block at the end of which the chain is read. */
  block: number
}

/**
 * Reckons what an address has received: what it holds, and what its own transactions took out, each
 * read from the chain once more. Every row of the ledger has to be what the chain says.
 *
 * @throws RpcFailure
 */
export async function auditAddress(
  { endpoints, key, block }: AuditSource,
  address: DepositAddress
): Promise<AddressProof> {
  const at = Math.max(block, address.openingBlock)
  const told = await stateAt(endpoints, address.address, at)
  const first = await proofOf({ endpoints, key, block }, address, told)
  if (first.difference === null) return first

  // Before a difference is told, what the address holds has to be certain.
  const proven = await provenState(endpoints, address.address, told)
  return proofOf({ endpoints, key, block }, address, proven)
}

async function proofOf(
  { endpoints, key, block }: AuditSource,
  address: DepositAddress,
  state: AccountState
): Promise<AddressProof> {
  const entries = { address_id: address.id }
  const [payments, outflows] = await Promise.all([
    Payment.query().where(entries).orderBy('id'),
    DepositOutflow.query().where(entries).orderBy('id'),
  ])
  // A watcher at work may be some blocks ahead.
  const entered = payments.filter(({ toBlock }) => toBlock <= state.block)
  const left = outflows.filter(({ blockNumber }) => blockNumber <= state.block)
  const byCode = left.some(({ kind }) => kind !== 'sweep')
    ? await hasCode(endpoints, address.address, state.block)
    : false

  const swept = await auditOutflows({ endpoints, address, state, byCode }, left)
  const received = state.balance - address.openingBalance + swept.amount
  const differences = [
    ...identityOf(address, key),
    ...(await openingOf(endpoints, address)),
    ...swept.differences,
    ...(await auditDeposits(endpoints, address, { payments: entered, outflows: left })),
    ...sumOf(received - sum(entered)),
    ...progressOf(address, { block, byCode }, { payments, outflows }),
  ]
  const credited = sum(entered.filter(({ ownerId }) => ownerId !== null))
  return {
    address: address.address,
    user_id: address.userId,
    received: String(received),
    credited: String(credited),
    unassigned: String(sum(entered) - credited),
    difference: differences.length > 0 ? differences.join('; ') : null,
    taken_by_code: String(sum(left.filter(({ kind }) => kind === 'loss'))),
  }
}

function sum(rows: readonly { amount: bigint }[]): bigint {
  return rows.reduce((total, { amount }) => total + amount, 0n)
}

function sumOf(missing: bigint): string[] {
  if (missing > 0n) return [`${missing} wei were received and are not in the ledger`]
  return missing < 0n ? [`the ledger has ${-missing} wei more than were received`] : []
}

/** Whether the address is that of the key, and of the user whose number is its index. */
function identityOf({ address, derivationIndex, userId }: DepositAddress, key: ExtendedKey | null) {
  if (derivationIndex === null && userId === null) return []
  if (derivationIndex !== userId) {
    return [`its index is ${derivationIndex}, and its user ${userId}`]
  }
  const derived = key?.address(derivationIndex!)
  return derived && derived !== address
    ? [`the key has ${derived} at index ${derivationIndex}`]
    : []
}

/** What was there before the address was given out is read again, where a node still has it. */
async function openingOf(endpoints: EndpointPool, address: DepositAddress): Promise<string[]> {
  const { openingBlock: block, openingBalance: balance, openingNonce: nonce } = address
  if (balance === 0n && nonce === 0) return []
  try {
    const state = await stateAt(endpoints, address.address, block)
    const isSame = state.balance === balance && state.nonce === nonce
    return isSame ? [] : [`it held ${state.balance} wei at block ${block}, and not ${balance}`]
  } catch (error) {
    if (!(error instanceof RpcFailure)) throw error
    // An address that follows from the key was shown to its user alone, and never paid before.
    return address.userId === null
      ? []
      : [`that it held ${balance} wei before it was given out cannot be proven`]
  }
}

/** So many blocks a watcher at work may be ahead of this reading. */
const AHEAD = 1000

/** Whether the next reading begins where the rows end: else something would be counted twice, or never. */
function progressOf(
  address: DepositAddress,
  { block, byCode }: { block: number; byCode: boolean },
  { payments, outflows }: { payments: Payment[]; outflows: DepositOutflow[] }
): string[] {
  const last = Math.max(
    address.openingBlock,
    ...payments.map(({ toBlock }) => toBlock),
    ...outflows.map(({ blockNumber }) => blockNumber)
  )
  const balance = address.openingBalance + sum(payments) - sum(outflows)
  const nonce = address.openingNonce + outflows.filter((each) => each.nonce !== null).length
  const isAhead = address.seenBlock < last || address.seenBlock > block + AHEAD
  return [
    ...(balance === address.seenBalance
      ? []
      : [`${address.seenBalance} wei are accounted for, by its rows ${balance}`]),
    ...(address.seenNonce === nonce || (byCode && address.seenNonce > nonce)
      ? []
      : [`its next transaction is number ${address.seenNonce}, by its rows ${nonce}`]),
    ...(isAhead
      ? [`it is accounted for up to block ${address.seenBlock}, by its rows ${last}`]
      : []),
  ]
}
