import { encodeAbiParameters, parseAbiParameters, type Address, type Hex } from 'viem'
import { assemble } from '#demo/chain/assembly'

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
