import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import type DepositAddress from '#models/deposit_address'
import type DepositOutflow from '#models/deposit_outflow'
import type { AccountState } from '#billing/watcher/account_state'
import { isSentBy } from '#billing/watcher/believe_changes'
import { delegatedBy, readTransaction, takenOut } from '#billing/watcher/block_transfers'

interface Audited {
  endpoints: EndpointPool
  address: DepositAddress
  /** The address at the end of the newest block that counts. */
  state: AccountState
  /** Whether code acts for it now. */
  byCode: boolean
}

/**
 * Reads again what left an address: each number of its transactions is used up by one row, and each
 * row says what the transaction says.
 *
 * @returns what was taken out, in wei, and what is not so, in words
 * @throws RpcFailure
 */
export async function auditOutflows(
  { endpoints, address, state, byCode }: Audited,
  outflows: readonly DepositOutflow[]
): Promise<{ amount: bigint; differences: string[] }> {
  const differences: string[] = []
  let amount = 0n
  for (const outflow of outflows) {
    if (outflow.kind === 'loss') continue
    const read = await signedAmount(endpoints, address.address, outflow)
    amount += read ?? 0n
    if (read !== outflow.amount) {
      differences.push(`transaction ${outflow.txHash} did not take ${outflow.amount} wei out of it`)
    }
  }

  const wasDelegated = outflows.some(({ kind }) => kind === 'delegation')
  for (const loss of outflows.filter(({ kind }) => kind === 'loss')) {
    amount += byCode || wasDelegated ? loss.amount : 0n
    if (!byCode && !wasDelegated) {
      differences.push(`${loss.amount} wei cannot have left it without a transaction of its own`)
    }
  }

  const sent = state.nonce - address.openingNonce
  const numbers = outflows.filter(({ nonce }) => nonce !== null)
  if (byCode ? sent < numbers.length : sent !== numbers.length) {
    differences.push(`${sent} transactions were sent from it, the ledger has ${numbers.length}`)
  }
  return { amount, differences }
}

/** What a transaction of the account took out, in wei; null where the row tells of it what is not so. */
async function signedAmount(
  endpoints: EndpointPool,
  address: string,
  { kind, txHash, nonce, blockNumber }: DepositOutflow
): Promise<bigint | null> {
  const read = await endpoints.ask((each) => readTransaction(each, txHash!, blockNumber))
  if (!read) return null
  const { transaction, receipt } = read
  if (kind === 'delegation') {
    const numbers = await delegatedBy(address, transaction)
    return numbers.includes(nonce!) ? 0n : null
  }
  return isSentBy(address, nonce!, transaction) ? takenOut(transaction, receipt) : null
}
