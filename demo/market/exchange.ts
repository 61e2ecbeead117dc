import { type Address } from 'viem'
import { BNB, PANCAKE_V2_FACTORY, WBNB } from '#demo/market/addresses'
import { emission, type Emission } from '#demo/market/emission'
import { PANCAKE_EVENTS } from '#demo/market/events'

/** PancakeSwap's factory makes a pair; native BNB trades there as WBNB. */
export function pairCreated(token: Address, quote: Address, pair: Address): Emission {
  const other = quote === BNB ? WBNB : quote
  const [token0, token1] =
    token.toLowerCase() < other.toLowerCase() ? [token, other] : [other, token]

  return emission(PANCAKE_V2_FACTORY, PANCAKE_EVENTS, 'PairCreated', {
    token0: token0!,
    token1: token1!,
    pair,
    pairs: BigInt(pair) % 10_000_000n,
  })
}
