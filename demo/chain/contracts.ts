import {
  concatHex,
  numberToHex,
  type Hex,
  encodeAbiParameters,
  parseAbiParameters,
  type Address,
  type PublicClient,
} from 'viem'

/**
 * A contract that emits whatever log it is asked for:
 *
 *   calldata = [1 byte: number of topics n][n × 32 bytes: topics][the rest: data]
 *
 * Placed at the address of a launchpad it emits exactly what the launchpad would. It loads four
 * topics whether they are there or not: LOGn takes the n on top and the others stay behind.
 */
export const EMITTER_CODE = assemble([
  ['60 61 35', 'PUSH 97, CALLDATALOAD: topic 3'],
  ['60 41 35', 'PUSH 65, CALLDATALOAD: topic 2'],
  ['60 21 35', 'PUSH 33, CALLDATALOAD: topic 1'],
  ['60 01 35', 'PUSH 1, CALLDATALOAD: topic 0, now on top of the others'],
  ['5f 35 5f 1a', 'byte 0 of the calldata: n'],
  ['80 60 05 1b 60 01 01', 'n × 32 + 1: where the data starts'],
  ['80 36 03', 'CALLDATASIZE minus that: its size'],
  ['90 81 90 5f 37', 'CALLDATACOPY(to 0, from start, size); left on the stack: n, size'],
  ['90 60 03 02 60 29 01', 'n × 3 + 41: the entry of the table below'],
  ['5f 90 56', 'memory offset 0 under it, then JUMP; LOGn finds offset, size, topics'],
  ['5b a0 00', '41: JUMPDEST LOG0 STOP'],
  ['5b a1 00', '44: JUMPDEST LOG1 STOP'],
  ['5b a2 00', '47: JUMPDEST LOG2 STOP'],
  ['5b a3 00', '50: JUMPDEST LOG3 STOP'],
  ['5b a4 00', '53: JUMPDEST LOG4 STOP'],
])

/** The calldata that makes an emitter emit this log. */
export function emitCall(topics: readonly Hex[], data: Hex): Hex {
  return concatHex([numberToHex(topics.length, { size: 1 }), ...topics, data])
}

/**
 * Stands in for Four.meme's TokenManagerHelper3: answers `getTokenInfo(address)` with the twelve
 * words that were written for the token, or with zeros.
 *
 *   write: calldata = [32 bytes: token][12 × 32 bytes: the answer]
 *   read:  calldata = [4 bytes: selector][32 bytes: token]
 *
 * Word i of a token is kept in storage slot token × 256 + i.
 */
export const TOKEN_HELPER_CODE = assemble([
  ['36 60 24 14 60 24 57', 'CALLDATASIZE = 36 is a question: JUMPI to 36'],

  ['5f', 'i = 0'],
  ['5b', '8: JUMPDEST, write one word'],
  ['80 60 05 1b 60 20 01 35', 'CALLDATALOAD(i × 32 + 32): its value'],
  ['81 5f 35 60 08 1b 01 55', 'SSTORE(token × 256 + i, value)'],
  ['60 01 01', 'i = i + 1'],
  ['80 60 0c 11 60 08 57', 'while 12 > i: JUMPI to 8'],
  ['00', 'STOP'],

  ['5b 5f', '36: JUMPDEST, i = 0'],
  ['5b', '38: JUMPDEST, answer one word'],
  ['60 04 35 60 08 1b 81 01 54', 'SLOAD(token × 256 + i)'],
  ['81 60 05 1b 52', 'MSTORE(i × 32, value)'],
  ['60 01 01', 'i = i + 1'],
  ['80 60 0c 11 60 26 57', 'while 12 > i: JUMPI to 38'],
  ['61 01 80 5f f3', 'RETURN(0, 384)'],
])

/** What the helper knows of a token; amounts in wei, the fee rate in hundredths of a percent. */
export interface TokenInfo {
  version: bigint
  tokenManager: Address
  quote: Address
  lastPrice: bigint
  tradingFeeRate: bigint
  minTradingFee: bigint
  launchTime: bigint
  offers: bigint
  maxOffers: bigint
  funds: bigint
  maxFunds: bigint
  liquidityAdded: boolean
}

const WORDS = parseAbiParameters(
  'address token, uint256 version, address tokenManager, address quote, uint256 lastPrice, uint256 tradingFeeRate, uint256 minTradingFee, uint256 launchTime, uint256 offers, uint256 maxOffers, uint256 funds, uint256 maxFunds, bool liquidityAdded'
)

/** The calldata that makes the helper remember this answer. */
export function rememberCall(token: Address, info: TokenInfo): Hex {
  return encodeAbiParameters(WORDS, [
    token,
    info.version,
    info.tokenManager,
    info.quote,
    info.lastPrice,
    info.tradingFeeRate,
    info.minTradingFee,
    info.launchTime,
    info.offers,
    info.maxOffers,
    info.funds,
    info.maxFunds,
    info.liquidityAdded,
  ])
}

/** One line of a listing: the bytes in hexadecimal, and what they do. */
export type Line = readonly [bytes: string, meaning: string]

/** The runtime code of a listing. Jump targets are positions counted in bytes from its start. */
export function assemble(listing: readonly Line[]): `0x${string}` {
  return `0x${listing.map(([bytes]) => bytes.replaceAll(' ', '')).join('')}`
}

/**
 * The runtime code of Multicall3, answered by its own constructor. viem carries the creation
 * code without exporting it; its version is pinned.
 */
export async function multicall3Code(client: Pick<PublicClient, 'call'>): Promise<Hex> {
  const constants = new URL('constants/contracts.js', import.meta.resolve('viem'))
  const { multicall3Bytecode } = (await import(constants.href)) as { multicall3Bytecode: Hex }

  const { data } = await client.call({ data: multicall3Bytecode })
  return data!
}
