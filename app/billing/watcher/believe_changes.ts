import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { stateAt, type AccountState } from '#billing/watcher/account_state'
import {
  moved,
  readTransaction,
  takenOut,
  type RawTransaction,
  type Transfers,
} from '#billing/watcher/block_transfers'

/** An account whose history is read. The address is in lower case. */
export interface ReadAccount {
  endpoints: EndpointPool
  address: string
  /** All users pay to it: the transactions say who did. */
  isShared?: boolean
  /** What no endpoint can tell now may be asked for again; else the two states have to do. */
  mayWait?: boolean
}

/** What happened to an account in one block, or in a range where single blocks could not be told. */
export interface AccountChange extends Transfers {
  from: AccountState
  to: AccountState
  /** When the last block of it was made, in epoch milliseconds. */
  time: number
  /** The earliest that any of it can have happened, in epoch milliseconds. */
  since: number
  /** Code may have taken something out without a transaction of the account (EIP-7702). */
  byCode: boolean
}

/**
 * What one endpoint tells of an account, if it can be. An account without code falls by its own
 * transactions alone, and each of them raises its nonce by one, as does each delegation that it
 * signed: what does not add up is no history. What the amounts or the payer hang on is asked of
 * another endpoint as well.
 *
 * @returns null for what is not believed
 * @throws RpcFailure when no other endpoint answers
 */
export async function believe(
  { endpoints, address, isShared }: ReadAccount,
  teller: Endpoint,
  changes: AccountChange[]
): Promise<AccountChange[] | null> {
  const addsUp = changes.every((change) => missingNonces(change) === 0 && received(change) >= 0n)
  const byCode =
    changes.some(({ delegations }) => delegations.length > 0) ||
    (!addsUp && (await hasCode(endpoints, address, changes.at(-1)!.to.block)))
  if (!addsUp && !(byCode && changes.every((change) => missingNonces(change) >= 0))) {
    return null
  }
  const others = endpoints.others(teller)
  if (others) {
    for (const change of changes) {
      const isNamed = isShared || byCode
      if (!(await transfersStand(others, address, change, isNamed))) return null
    }
    // Where a fall is possible, a state that is not so would be a fall and a rise.
    const between = byCode ? changes.slice(1).map(({ from }) => from) : []
    if (!(await statesStand(others, address, between))) return null
  }
  return changes.map((change) => ({ ...change, byCode }))
}

/** How many numbers of its transactions a change does not explain; less than none cannot be. */
function missingNonces({ from, to, outgoing, delegations }: AccountChange): number {
  return to.nonce - from.nonce - outgoing.length - delegations.length
}

/** What came in by the two balances, in wei; less than nothing where code took something out. */
export function received({ from, to, outgoing }: AccountChange): bigint {
  return outgoing.reduce((total, { amount }) => total + amount, to.balance - from.balance)
}

/**
 * Whether code acts for an account at the end of a block: a contract, or one that it has delegated
 * to. All endpoints that answer have to say so.
 */
export async function hasCode(
  endpoints: EndpointPool,
  address: string,
  block: number
): Promise<boolean> {
  const params = [address, `0x${block.toString(16)}`]
  const codes = await endpoints.askEach((endpoint) => endpoint.call('eth_getCode', params))
  return codes.length > 0 && codes.every((code) => typeof code === 'string' && code.length > 2)
}

async function transfersStand(
  others: EndpointPool,
  address: string,
  { outgoing, incoming }: AccountChange,
  isNamed?: boolean
): Promise<boolean> {
  for (const { hash, amount, nonce, block } of outgoing) {
    const read = await others.ask((other) => readTransaction(other, hash, block))
    if (!read || !isSentBy(address, nonce, read.transaction)) return false
    if (takenOut(read.transaction, read.receipt) !== amount) return false
  }
  for (const { hash, amount, sender, block } of isNamed ? incoming : []) {
    const read = await others.ask((other) => readTransaction(other, hash, block))
    const { from, to } = read?.transaction ?? {}
    if (from?.toLowerCase() !== sender || to?.toLowerCase() !== address) return false
    if (moved(read!.transaction, read!.receipt) !== amount) return false
  }
  return true
}

async function statesStand(
  others: EndpointPool,
  address: string,
  states: readonly AccountState[]
): Promise<boolean> {
  for (const told of states) {
    const { balance, nonce } = await stateAt(others, address, told.block)
    if (balance !== told.balance || nonce !== told.nonce) return false
  }
  return true
}

/** Whether a transaction is the account's own one with this number. */
export function isSentBy(address: string, nonce: number, transaction: RawTransaction): boolean {
  return transaction.from.toLowerCase() === address && Number(transaction.nonce) === nonce
}
