import {
  decodeFunctionResult,
  encodeFunctionData,
  erc20Abi,
  numberToHex,
  pad,
  type Address,
  type Hash,
  type Hex,
} from 'viem'
import { writeTransaction } from '#foundation/db/transaction'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { multicall } from '#foundation/rpc/multicall'
import type DepositAddress from '#models/deposit_address'
import DepositToken from '#models/deposit_token'

/** keccak256 of `Transfer(address,address,uint256)` (ERC-20, BEP-20). */
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

/** Anyone can make tokens and send them: of each address so many are noted. */
const MOST_OF_ADDRESS = 50

const LONGEST_SYMBOL = 32
const AMOUNT = /^0x[0-9a-f]{64}$/i

interface TransferLog {
  address: string
  topics: string[]
  data: string
  transactionHash: Hash
  blockNumber: Hex
}

/**
 * Notes the tokens that were sent to addresses in a range of final blocks. They buy nothing; the
 * operator sees them, and can send them back. What was noted before is not counted again.
 *
 * @param now epoch milliseconds
 * @returns how many of an address are new
 * @throws RpcFailure, also where an endpoint serves no logs
 */
export async function noteTokens(
  endpoints: EndpointPool,
  addresses: readonly DepositAddress[],
  { from, to }: { from: number; to: number },
  now: number
): Promise<number> {
  const topics = [TRANSFER, null, addresses.map(({ address }) => pad(address))]
  const range = { fromBlock: numberToHex(from), toBlock: numberToHex(to), topics }
  const answer = await endpoints.ask((endpoint) => endpoint.call('eth_getLogs', [range]))
  const logs = ((answer ?? []) as TransferLog[]).filter(
    // The same event of an NFT has a fourth topic, and no amount.
    ({ topics: { length }, data }) => length === 3 && AMOUNT.test(data)
  )
  let added = 0
  for (const sent of Map.groupBy(logs, (log) => log.address + log.topics[2]).values()) {
    const [
      {
        topics: [, , receiver],
      },
    ] = sent as [TransferLog]
    const address = addresses.find((each) => pad(each.address) === receiver!.toLowerCase())
    if (address && (await noteOne(endpoints, address.id, sent, now))) added += 1
  }
  return added
}

/** Notes transfers of one token to one address. */
async function noteOne(
  endpoints: EndpointPool,
  addressId: number,
  sent: readonly TransferLog[],
  now: number
): Promise<boolean> {
  const tokenAddress = sent[0]!.address.toLowerCase() as Address
  const known = await DepositToken.query().where({ addressId })
  const row = known.find((each) => each.tokenAddress === tokenAddress)
  const fresh = sent.filter(({ blockNumber }) => Number(blockNumber) > (row?.blockNumber ?? -1))
  if (fresh.length === 0 || (!row && known.length >= MOST_OF_ADDRESS)) return false

  const last = fresh.at(-1)!
  const amount = fresh.reduce((total, { data }) => total + BigInt(data), row?.amount ?? 0n)
  const news = {
    amount,
    transfers: (row?.transfers ?? 0) + fresh.length,
    txHash: last.transactionHash,
    blockNumber: Number(last.blockNumber),
  }
  const names = row ? null : await namesOf(endpoints, tokenAddress)
  await writeTransaction(async (client) => {
    if (row) {
      row.useTransaction(client)
      await row.merge(news).save()
    } else {
      await DepositToken.create(
        { ...news, ...names, addressId, tokenAddress, createdAt: now },
        { client }
      )
    }
  })
  return !row
}

/** What a token calls itself, which may be anything, and its decimals; null for what it does not say. */
async function namesOf(endpoints: EndpointPool, target: Address) {
  const call = (functionName: 'symbol' | 'decimals') => ({
    target,
    callData: encodeFunctionData({ abi: erc20Abi, functionName }),
  })
  const [symbol, decimals] = await multicall(endpoints, [call('symbol'), call('decimals')])
  return {
    symbol:
      decoded(symbol, 'symbol')?.toString().replace(/\p{C}/gu, '').slice(0, LONGEST_SYMBOL) ?? null,
    decimals: Number(decoded(decimals, 'decimals') ?? Number.NaN) || null,
  }
}

function decoded(data: Hex | null | undefined, functionName: 'symbol' | 'decimals') {
  try {
    return data ? decodeFunctionResult({ abi: erc20Abi, functionName, data }) : null
  } catch {
    return null
  }
}
