import { numberToHex, type Address, type Hex } from 'viem'
import { assemble } from '#demo/chain/contracts'
import { USDT, WBNB } from '#demo/market/addresses'

/** The pair that says what BNB costs, at its real address. */
export const PRICE_PAIR: Address = '0x16b9a82891338f9bA80E2D6970FddA79D1eb0daE'

export const DOLLARS_PER_BNB = 650n

const RESERVE = 20_000n * 10n ** 18n

const push = (address: Address) => `73 ${address.slice(2)}`

/** Stands in for PancakeSwap's pair of USDT and WBNB: answers its two tokens and its reserves. */
export const PRICE_PAIR_CODE = assemble([
  ['5f 35 60 e0 1c', 'the selector of the question'],
  ['80 63 0dfe1681 14 60 27 57', 'token0(): JUMPI to 39'],
  ['80 63 d21220a7 14 60 43 57', 'token1(): JUMPI to 67'],
  ['5f 54 5f 52', 'getReserves(): MSTORE(0, SLOAD(0))'],
  ['60 01 54 60 20 52', 'MSTORE(32, SLOAD(1))'],
  ['60 60 5f f3', 'RETURN(0, 96)'],
  [`5b ${push(USDT)} 5f 52 60 20 5f f3`, '39: JUMPDEST, RETURN USDT'],
  [`5b ${push(WBNB)} 5f 52 60 20 5f f3`, '67: JUMPDEST, RETURN WBNB'],
])

/** What the pair has, by its storage slots. */
export const PRICE_PAIR_RESERVES: [slot: Hex, value: Hex][] = [
  [numberToHex(0, { size: 32 }), numberToHex(RESERVE * DOLLARS_PER_BNB, { size: 32 })],
  [numberToHex(1, { size: 32 }), numberToHex(RESERVE, { size: 32 })],
]
