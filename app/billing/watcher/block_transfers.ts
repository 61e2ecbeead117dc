import { numberToHex, type Address, type Hash, type Hex } from 'viem'
import { recoverAuthorizationAddress } from 'viem/utils'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** A transaction that paid the address. Amounts are wei, addresses lower-case. */
export interface Incoming {
  hash: Hash
  sender: string
  amount: bigint
  block: number
}

/** A transaction of the address itself; the amount is what it took out, its fee included. */
export interface Outgoing {
  hash: Hash
  nonce: number
  amount: bigint
  block: number
}

/** A number that the account used up by signing that code may act for it (EIP-7702). */
export interface Delegation {
  hash: Hash
  nonce: number
  block: number
}

export interface Transfers {
  /** When the block was made, in epoch milliseconds. */
  time: number
  incoming: Incoming[]
  outgoing: Outgoing[]
  delegations: Delegation[]
}

/**
 * The transactions of a block to and from an address (lower case). What a contract paid on its way
 * is none of them.
 *
 * @throws RpcFailure
 */
export function blockTransfers(
  endpoints: EndpointPool,
  address: string,
  block: number
): Promise<Transfers> {
  return endpoints.ask(async (endpoint) => {
    const { timestamp, transactions } = await readBlock(endpoint, block)
    const time = Number(timestamp) * 1000
    const transfers: Transfers = { time, incoming: [], outgoing: [], delegations: [] }

    for (const raw of transactions) {
      for (const nonce of await delegatedBy(address, raw)) {
        transfers.delegations.push({ hash: raw.hash, nonce, block })
      }
      const isOutgoing = raw.from.toLowerCase() === address
      const isIncoming = raw.to?.toLowerCase() === address
      if (!isOutgoing && !(isIncoming && BigInt(raw.value) > 0n)) continue

      const receipt = await readReceipt(endpoint, raw.hash)
      const amount = isOutgoing ? takenOut(raw, receipt) : moved(raw, receipt)
      if (isOutgoing) {
        transfers.outgoing.push({ hash: raw.hash, nonce: Number(raw.nonce), amount, block })
      } else if (amount > 0n) {
        transfers.incoming.push({ hash: raw.hash, sender: raw.from.toLowerCase(), amount, block })
      }
    }
    return transfers
  })
}

/**
 * A transaction of a block, with its receipt. Many nodes find transactions of the last days alone by
 * their hash; in its block it is found for longer.
 *
 * @param after where it stands in one of several blocks: the last one before them
 * @returns null where they do not hold it
 * @throws RpcFailure
 */
export async function readTransaction(
  endpoint: Endpoint,
  hash: Hash,
  block: number,
  after = block - 1
) {
  const found = (await endpoint.call('eth_getTransactionByHash', [hash])) as RawTransaction | null
  const transaction = found ?? (await findIn(endpoint, hash, { after, block }))
  const at = Number(transaction?.blockNumber)
  if (!transaction || at <= after || at > block) return null

  const receipt = await endpoint.call('eth_getTransactionReceipt', [hash])
  return {
    transaction,
    receipt: (receipt as RawReceipt) ?? (await receiptIn(endpoint, transaction)),
  }
}

async function findIn(endpoint: Endpoint, hash: Hash, range: { after: number; block: number }) {
  for (let number = range.after + 1; number <= range.block; number++) {
    const { transactions } = await readBlock(endpoint, number)
    const found = transactions.find((transaction) => transaction.hash === hash)
    if (found) return found
  }
  return null
}

async function receiptIn(endpoint: Endpoint, { hash, blockNumber }: RawTransaction) {
  const answer = await endpoint.call('eth_getBlockReceipts', [blockNumber])
  const receipts = (answer ?? []) as (RawReceipt & { transactionHash: Hash })[]
  const receipt = receipts.find(({ transactionHash }) => transactionHash === hash)
  if (!receipt) {
    throw new RpcFailure('lagging', `${endpoint.name} answered no receipt for ${hash}`)
  }
  return receipt
}

/**
 * The numbers that an account (in lower case) used up in the authorizations of a transaction: its
 * signature is there.
 */
export async function delegatedBy(address: string, { authorizationList }: RawTransaction) {
  const nonces: number[] = []
  for (const { chainId, address: code, nonce, yParity, r, s } of authorizationList ?? []) {
    const terms = { address: code, chainId: Number(chainId), nonce: Number(nonce) }
    const authorization = { ...terms, r, s, yParity: Number(yParity) }
    // What carries no valid signature is passed over by the chain as well.
    const signer = await recoverAuthorizationAddress({ authorization }).catch(() => null)
    if (signer?.toLowerCase() === address) nonces.push(Number(nonce))
  }
  return nonces
}

async function readBlock(endpoint: Endpoint, block: number) {
  const answer = await endpoint.call('eth_getBlockByNumber', [numberToHex(block), true])
  if (!answer) {
    throw new RpcFailure('lagging', `${endpoint.name} answered no block for ${block}`)
  }
  return answer as { timestamp: string; transactions: RawTransaction[] }
}

async function readReceipt(endpoint: Endpoint, hash: Hash): Promise<RawReceipt> {
  const answer = await endpoint.call('eth_getTransactionReceipt', [hash])
  if (!answer) {
    throw new RpcFailure('lagging', `${endpoint.name} answered no receipt for ${hash}`)
  }
  return answer as RawReceipt
}

/** A transaction as nodes answer it. */
export interface RawTransaction {
  hash: Hash
  from: string
  to: string | null
  value: string
  nonce: string
  blockNumber: string
  /** Signed by accounts that have code act for them from then on (EIP-7702). */
  authorizationList?: {
    chainId: Hex
    address: Address
    nonce: Hex
    yParity: Hex
    r: Hex
    s: Hex
  }[]
}

export interface RawReceipt {
  status: string
  gasUsed: string
  effectiveGasPrice: string
}

/** What a transaction moved to its receiver, in wei: nothing when it failed. */
export function moved({ value }: RawTransaction, { status }: RawReceipt): bigint {
  return status === '0x1' ? BigInt(value) : 0n
}

/** What a transaction took out of the account that sent it, in wei, its fee included. */
export function takenOut(transaction: RawTransaction, receipt: RawReceipt): bigint {
  const fee = BigInt(receipt.gasUsed) * BigInt(receipt.effectiveGasPrice)
  const isToItself = transaction.to?.toLowerCase() === transaction.from.toLowerCase()
  return isToItself ? fee : fee + moved(transaction, receipt)
}
