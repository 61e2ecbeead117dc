import type { Address } from 'viem'
import env from '#start/env'

/** PancakeSwap's pair of USDT and WBNB on BSC, the deepest that names BNB in dollars. */
const BSC_PAIR: Address = '0x16b9a82891338f9ba80e2d6970fdda79d1eb0dae'
const BSC = 56

const chainId = env.get('CHAIN_ID')

/** How figures of the market become money that people think in. */
const marketConfig = {
  chainId,
  /** The pair of BNB and a dollar whose reserves say what BNB costs; undefined where none is known. */
  pricePair: env.get('BNB_PRICE_PAIR') ?? (chainId === BSC ? BSC_PAIR : undefined),
  /** What a dollar costs in CNY, with 18 decimals; undefined: amounts are not shown in CNY. */
  cnyPerUsd: env.get('USD_CNY_RATE'),
  /** A font for names that DejaVu Sans has no letters for, on the pictures of tokens; undefined: these are left out. */
  cardFont: env.get('CARD_FONT'),
}

export default marketConfig
