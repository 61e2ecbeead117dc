import { getAbiItem } from 'viem'
import type { LocalChain } from '#demo/chain/local_chain'
import { EMITTERS } from '#demo/market/addresses'
import { FLAP_EVENTS, FOUR_EVENTS, FOUR_V1_EVENTS, PANCAKE_EVENTS } from '#demo/market/events'

/** A pool of the token on an exchange. */
const POOLS = [getAbiItem({ abi: PANCAKE_EVENTS, name: 'PairCreated' })]

/** Each tells two things: a token was created, and its curve is a new pool. */
const LAUNCHES = [
  getAbiItem({ abi: FOUR_EVENTS, name: 'TokenCreate' }),
  getAbiItem({ abi: FLAP_EVENTS, name: 'TokenCreated' }),
]

const OTHERS = [
  ...POOLS,
  getAbiItem({ abi: FOUR_EVENTS, name: 'LiquidityAdded' }),
  getAbiItem({ abi: FOUR_EVENTS, name: 'TokenPurchase' }),
  getAbiItem({ abi: FOUR_EVENTS, name: 'TokenSale' }),
  getAbiItem({ abi: FOUR_V1_EVENTS, name: 'TokenPurchase' }),
  getAbiItem({ abi: FOUR_V1_EVENTS, name: 'TokenSale' }),
  getAbiItem({ abi: FLAP_EVENTS, name: 'LaunchedToDEX' }),
  getAbiItem({ abi: FLAP_EVENTS, name: 'TokenBought' }),
  getAbiItem({ abi: FLAP_EVENTS, name: 'TokenSold' }),
]

/** The events that the logs of the whole chain should become, counted without the scanner. */
export async function countEvents({ client }: LocalChain): Promise<number> {
  const everywhere = { address: EMITTERS, fromBlock: 0n } as const
  const [launches, others] = await Promise.all([
    client.getLogs({ ...everywhere, events: LAUNCHES }),
    client.getLogs({ ...everywhere, events: OTHERS }),
  ])
  return 2 * launches.length + others.length
}
