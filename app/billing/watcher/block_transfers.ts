import { numberToHex, type Hash } from 'viem'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** A transaction that paid the address. Amounts are wei, addresses lower-case. */
export interface Incoming {
  hash: Hash
  sender: string
  amount: bigint
}

/** A transaction of the address itself; the amount is what it took out, its fee included. */
export interface Outgoing {
  hash: Hash
  nonce: number
  amount: bigint
  block: number
}

export interface Transfers {
  /** When the block was made, in epoch milliseconds. */
  time: number
  incoming: Incoming[]
  outgoing: Outgoing[]
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
    const transfers: Transfers = { time: Number(timestamp) * 1000, incoming: [], outgoing: [] }

    for (const raw of transactions) {
      const isOutgoing = raw.from.toLowerCase() === address
      const isIncoming = raw.to?.toLowerCase() === address
      if (!isOutgoing && !(isIncoming && BigInt(raw.value) > 0n)) continue

      const receipt = await readReceipt(endpoint, raw.hash)
      const amount = isOutgoing ? takenOut(raw, receipt) : moved(raw, receipt)
      if (isOutgoing) {
        transfers.outgoing.push({ hash: raw.hash, nonce: Number(raw.nonce), amount, block })
      } else if (amount > 0n) {
        transfers.incoming.push({ hash: raw.hash, sender: raw.from.toLowerCase(), amount })
      }
    }
    return transfers
  })
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
}

export interface RawReceipt {
  status: string
  gasUsed: string
  effectiveGasPrice: string
}

/** What a transaction moved to its receiver, in wei: nothing when it failed. */
function moved({ value }: RawTransaction, { status }: RawReceipt): bigint {
  return status === '0x1' ? BigInt(value) : 0n
}

/** What a transaction took out of the account that sent it, in wei, its fee included. */
export function takenOut(transaction: RawTransaction, receipt: RawReceipt): bigint {
  const fee = BigInt(receipt.gasUsed) * BigInt(receipt.effectiveGasPrice)
  const isToItself = transaction.to?.toLowerCase() === transaction.from.toLowerCase()
  return isToItself ? fee : fee + moved(transaction, receipt)
}
