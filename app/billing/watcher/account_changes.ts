import { readHeader } from '#foundation/rpc/block_header'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { stateAt, type AccountState } from '#billing/watcher/account_state'
import { blockTransfers, type Transfers } from '#billing/watcher/block_transfers'
import {
  believe,
  hasCode,
  received,
  type AccountChange,
  type ReadAccount,
} from '#billing/watcher/believe_changes'

/**
 * What happened between two states of an account that are certain, oldest first. Each endpoint in
 * turn is asked for the states in between, and believed where they add up with the transactions
 * beside them. Where none has them, or none can be believed, the difference of the two is what
 * happened: the sum is the same, without its story.
 *
 * @param known a block in between whose state is likely to be the first one's
 * @throws RpcFailure where that may be known later
 */
export async function accountChanges(
  account: ReadAccount,
  from: AccountState,
  to: AccountState,
  known?: number
): Promise<AccountChange[]> {
  if (isSame(from, to)) return []

  let passing: RpcFailure | undefined
  for (const endpoint of account.endpoints.unmarked) {
    const told = { ...account, endpoints: account.endpoints.only([endpoint]) }
    try {
      const changes = await changesBetween(told, { from, to, known })
      const believed = await believe(account, endpoint, changes)
      if (believed) return believed
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error
      if (isPassing(error)) passing = error
    }
  }
  if (passing && account.mayWait) throw passing
  return [await changeInRange(account, from, to)]
}

/**
 * Whether it says nothing of the state that was asked for, so that the same endpoint may tell it in a
 * moment. Words that are not known may be one more way to say that it is gone.
 */
function isPassing({ kind, isAnswer }: RpcFailure): boolean {
  return kind === 'timeout' || kind === 'rate' || (kind === 'transient' && !isAnswer)
}

function isSame(one: AccountState, other: AccountState): boolean {
  return one.balance === other.balance && one.nonce === other.nonce
}

interface Range {
  from: AccountState
  to: AccountState
  known?: number
}

/**
 * Between two states with the same nonce the balance of an account without code only rises, so two
 * that are equal have nothing between them: halving finds each block in which something happened.
 */
async function changesBetween(
  account: ReadAccount,
  { from, to, known }: Range
): Promise<AccountChange[]> {
  if (isSame(from, to)) return []
  if (to.block - from.block === 1) {
    const transfers = await blockTransfers(account.endpoints, account.address, to.block)
    const byCode = transfers.delegations.length > 0
    return [{ ...transfers, from, to, since: transfers.time, byCode }]
  }
  const isBetween = known !== undefined && from.block < known && known < to.block
  const middle = isBetween ? known : Math.floor((from.block + to.block) / 2)
  const between = await stateAt(account.endpoints, account.address, middle)
  return [
    ...(await changesBetween(account, { from, to: between })),
    ...(await changesBetween(account, { from: between, to })),
  ]
}

/**
 * Nodes forget states within a minute, but not blocks: those are searched for what the account
 * signed, as only that cannot be told from the two balances. Where code acts for it, also for what
 * came in: it may be gone again.
 *
 * @throws RpcFailure `unproven` where the two states cannot both be true
 */
async function changeInRange(
  account: ReadAccount,
  from: AccountState,
  to: AccountState
): Promise<AccountChange> {
  const { endpoints, address } = account
  const byCode = await hasCode(endpoints, address, to.block)
  const [since, time] = await Promise.all([
    timeOf(endpoints, from.block),
    timeOf(endpoints, to.block),
  ])
  const change = { ...(await transfersBetween(account, { from, to }, byCode)), from, to, byCode }
  const told = { ...change, since, time }
  const [believed] = (await believe(account, endpoints.preferred, [told])) ?? []
  if (believed) return believed

  // Blocks that no endpoint has any more: what came in is at least what the balance rose by.
  const least = { ...told, incoming: [], outgoing: [], delegations: [] }
  if (!account.mayWait && (received(least) >= 0n || to.nonce > from.nonce)) return least
  throw new RpcFailure(
    'unproven',
    `what endpoints tell of an account between blocks ${from.block} and ${to.block} cannot be`
  )
}

/** What stands in the blocks of a range, as far as it is needed to tell what came in. */
async function transfersBetween(
  { endpoints, address, mayWait }: ReadAccount,
  { from, to }: Range,
  byCode: boolean
): Promise<Transfers> {
  const found: Transfers = { time: 0, incoming: [], outgoing: [], delegations: [] }
  const missing = () => to.nonce - from.nonce - found.outgoing.length - found.delegations.length

  for (let block = from.block + 1; block <= to.block && (byCode || missing() > 0); block++) {
    try {
      const transfers = await blockTransfers(endpoints, address, block)
      found.outgoing.push(...transfers.outgoing)
      found.delegations.push(...transfers.delegations)
      if (byCode) found.incoming.push(...transfers.incoming)
    } catch (error) {
      if (!(error instanceof RpcFailure) || mayWait) throw error
      break
    }
  }
  return found
}

async function timeOf(endpoints: EndpointPool, block: number): Promise<number> {
  const { time } = await endpoints.ask((endpoint) => readHeader(endpoint, block))
  return time
}
