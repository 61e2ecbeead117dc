import { readHeader } from '#foundation/rpc/block_header'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { stateAt, type AccountState } from '#billing/watcher/account_state'
import { blockTransfers, type Incoming, type Outgoing } from '#billing/watcher/block_transfers'

/** What happened to an account in one block, or in a range where single blocks could not be told. */
export interface AccountChange {
  from: AccountState
  to: AccountState
  /** When the last block of it was made, in epoch milliseconds. */
  time: number
  incoming: Incoming[]
  outgoing: Outgoing[]
}

/** An account whose history is read. The address is in lower case. */
export interface ReadAccount {
  endpoints: EndpointPool
  address: string
}

/**
 * What happened between two states of an account, oldest first. Between two states with the same
 * nonce a balance only rises, so two that are equal have nothing between them.
 *
 * @param known a block in between whose state is likely to be the first one's
 * @throws RpcFailure
 */
export async function accountChanges(
  account: ReadAccount,
  from: AccountState,
  to: AccountState,
  known?: number
): Promise<AccountChange[]> {
  if (from.balance === to.balance && from.nonce === to.nonce) {
    return []
  }
  if (to.block - from.block === 1) {
    return [await changeInBlock(account, from, to)]
  }
  const isBetween = known !== undefined && from.block < known && known < to.block
  const middle = isBetween ? known : Math.floor((from.block + to.block) / 2)
  const between = await stateIfKept(account, middle)
  if (!between) {
    return [await changeInRange(account, from, to)]
  }
  return [
    ...(await accountChanges(account, from, between)),
    ...(await accountChanges(account, between, to)),
  ]
}

async function changeInBlock(
  { endpoints, address }: ReadAccount,
  from: AccountState,
  to: AccountState
): Promise<AccountChange> {
  return { from, to, ...(await blockTransfers(endpoints, address, to.block)) }
}

/**
 * Nodes forget states within a minute, but not blocks: those are searched for what was sent, as
 * only that cannot be told from the two balances.
 */
async function changeInRange(
  { endpoints, address }: ReadAccount,
  from: AccountState,
  to: AccountState
): Promise<AccountChange> {
  const sent = to.nonce - from.nonce
  const outgoing: Outgoing[] = []
  for (let block = from.block + 1; block <= to.block && outgoing.length < sent; block++) {
    const transfers = await blockTransfers(endpoints, address, block)
    outgoing.push(...transfers.outgoing)
  }
  const { time } = await endpoints.ask((endpoint) => readHeader(endpoint, to.block))
  return { from, to, time, incoming: [], outgoing }
}

async function stateIfKept({ endpoints, address }: ReadAccount, block: number) {
  try {
    return await stateAt(endpoints, address, block)
  } catch (error) {
    if (error instanceof RpcFailure && error.kind === 'pruned') {
      return null
    }
    throw error
  }
}
