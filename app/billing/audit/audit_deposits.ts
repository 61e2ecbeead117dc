import { readHeader } from '#foundation/rpc/block_header'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import type DepositAddress from '#models/deposit_address'
import type DepositOutflow from '#models/deposit_outflow'
import type Payment from '#models/payment'
import User from '#models/user'
import { moved, readTransaction } from '#billing/watcher/block_transfers'

interface Entries {
  payments: readonly Payment[]
  outflows: readonly DepositOutflow[]
}

/**
 * Reads each payment of an address again: its transaction, its time, its payer, and the rise of the
 * balance that it is a part of.
 *
 * @returns what is not so, in words
 * @throws RpcFailure
 */
export async function auditDeposits(
  endpoints: EndpointPool,
  address: DepositAddress,
  { payments, outflows }: Entries
): Promise<string[]> {
  const differences: string[] = []
  for (const payment of payments) {
    const wrong = await wrongIn(endpoints, address, payment)
    if (wrong) differences.push(`payment ${payment.id} ${wrong}`)
  }

  const hashes = payments.flatMap(({ txHash }) => txHash ?? [])
  if (new Set(hashes).size !== hashes.length) {
    differences.push('one transaction is entered as two payments')
  }
  for (const [block, parts] of Map.groupBy(payments, ({ toBlock }) => toBlock)) {
    const { fromBlock, balanceBefore, balanceAfter } = parts[0]!
    const isIn = (at: number) => at > fromBlock && at <= block
    const left = outflows.filter(({ blockNumber }) => isIn(blockNumber))
    if (sum(parts) !== balanceAfter - balanceBefore + sum(left)) {
      differences.push(`its payments up to block ${block} are not what its balance rose by`)
    }
  }
  return differences
}

/** What the chain, or the address, says otherwise of a payment. */
async function wrongIn(
  endpoints: EndpointPool,
  address: DepositAddress,
  payment: Payment
): Promise<string | null> {
  if (payment.address !== address.address || payment.chainId !== address.chainId) {
    return 'names another address'
  }
  if (!(await isOwner(payment.ownerId, address))) return `is credited to user ${payment.ownerId}`

  const header = await endpoints.ask((endpoint) => readHeader(endpoint, payment.toBlock))
  if (header.time !== payment.eventTime) return 'names another time than its block'
  if (payment.fromBlock >= payment.toBlock || payment.fromBlock < address.openingBlock) {
    return 'names blocks that cannot be'
  }
  if (payment.txHash === null) {
    return payment.sender === null ? null : 'names a payer without a transaction'
  }
  const hash = payment.txHash as `0x${string}`
  const { fromBlock, toBlock } = payment
  const read = await endpoints.ask((each) => readTransaction(each, hash, toBlock, fromBlock))
  const { from, to } = read?.transaction ?? {}
  const isItsPayer = payment.sender === null || payment.sender === from?.toLowerCase()
  const isSo =
    to?.toLowerCase() === address.address &&
    moved(read!.transaction, read!.receipt) === payment.amount
  return isSo && isItsPayer ? null : `is not what transaction ${hash} moved`
}

/** At the shared wallet an operator may have said whose it is; a deleted account is given nothing. */
async function isOwner(ownerId: number | null, { userId }: DepositAddress): Promise<boolean> {
  if (userId === null || ownerId === userId) return true

  const user = await User.find(userId)
  return user?.walletAddress === `deleted-${userId}`
}

function sum(rows: readonly { amount: bigint }[]): bigint {
  return rows.reduce((total, { amount }) => total + amount, 0n)
}
