import type { PoolKind } from '#facts/pool'
import { poolQuestion, type PoolQuestion } from '#sources/look_ups'
import { contract, defineSource, event } from '#sources/define_source'
import { NATIVE, type Address, type Fact } from '#sources/facts'
import type { FollowedPool } from '#sources/define_source'
import { swap } from '#sources/follow_pools'
import { priceOf } from '#sources/values'

/**
 * PancakeSwap on BSC. Addresses and events: the official packages. Pools are stored of tokens that
 * another source knows, swaps of pools that are followed: there are too many of all others.
 */

const V2_FACTORY = '0xcA143Ce32Fe78f1f7019d7d551a6402fC5350c73'
const V3_FACTORY = '0x0BFbCF9fa4f9C56B0F40a671Ad40E0805A091865'
const INFINITY_CL_POOL_MANAGER = '0xa0FfB9c1CE1Fe56963B0321B32E7A0302114058b'
const INFINITY_BIN_POOL_MANAGER = '0xC697d2898e0D09264376196696c51D7aBbbAA4a9'
const WBNB: Address = '0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c'

const V3_FEES = [100, 500, 2500, 10_000]

/** Either side may be the known token; the store finds out which one is. */
function poolOfEither(kind: PoolKind, poolId: string, one: Address, other: Address): Fact[] {
  const pool = { type: 'pool', kind, poolId, onlyKnownToken: true } as const
  return [
    { ...pool, token: one, quote: other },
    { ...pool, token: other, quote: one },
  ]
}

/** What the trader got of each of the pool's assets, in their order; what was given is negative. */
interface Gain {
  trader: Address
  amount0: bigint
  amount1: bigint
}

function tradeIn(pool: FollowedPool, { trader, amount0, amount1 }: Gain): Fact[] {
  const { poolId, token, quote } = pool
  // A pool orders its assets by address, and text in lower case orders as the numbers do.
  const [base, paid] = token < quote ? [amount0, amount1] : [amount1, amount0]
  if (base === 0n) {
    return []
  }

  const quoteAmount = magnitude(paid)
  const baseAmount = magnitude(base)
  const place = { poolId, token, quote, price: priceOf(quoteAmount, baseAmount) }
  return [
    { type: 'trade', ...place, side: base > 0n ? 'buy' : 'sell', trader, quoteAmount, baseAmount },
    { type: 'pool_state', ...place },
  ]
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}

/**
 * Pools of the launch's own quote asset, V2 before V3. A pool with another quote asset is not the
 * launchpad's, though any account may have made it.
 */
function poolQuestions(token: Address, quote: Address | undefined): PoolQuestion[][] {
  const other = !quote || quote === NATIVE ? WBNB : quote
  const pair = poolQuestion(
    V2_FACTORY,
    'function getPair(address, address) view returns (address)',
    [token, other]
  )
  const ofFee = (fee: number) =>
    poolQuestion(V3_FACTORY, 'function getPool(address, address, uint24) view returns (address)', [
      token,
      other,
      fee,
    ])
  return [[pair], V3_FEES.map(ofFee)]
}

export const pancake = defineSource({
  name: 'pancake',
  label: 'PancakeSwap',
  poolLookUp: poolQuestions,

  contracts: [
    contract(V2_FACTORY, [
      event(
        'event PairCreated(address indexed token0, address indexed token1, address pair, uint256)',
        ({ token0, token1, pair }) => poolOfEither('v2', pair, token0, token1)
      ),
    ]),
    contract(V3_FACTORY, [
      event(
        'event PoolCreated(address indexed token0, address indexed token1, uint24 indexed fee, int24 tickSpacing, address pool)',
        ({ token0, token1, pool }) => poolOfEither('v3', pool, token0, token1)
      ),
    ]),
    contract(INFINITY_CL_POOL_MANAGER, [
      event(
        'event Initialize(bytes32 indexed id, address indexed currency0, address indexed currency1, address hooks, uint24 fee, bytes32 parameters, uint160 sqrtPriceX96, int24 tick)',
        ({ id, currency0, currency1 }) => poolOfEither('infinity', id, currency0, currency1)
      ),
    ]),
    contract(INFINITY_BIN_POOL_MANAGER, [
      event(
        'event Initialize(bytes32 indexed id, address indexed currency0, address indexed currency1, address hooks, uint24 fee, bytes32 parameters, uint24 activeId)',
        ({ id, currency0, currency1 }) => poolOfEither('infinity', id, currency0, currency1)
      ),
    ]),
  ],

  swaps: [
    swap(
      { kind: 'v2' },
      'event Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out, uint256 amount1Out, address indexed to)',
      ({ amount0In, amount1In, amount0Out, amount1Out, to }, pool) =>
        tradeIn(pool, {
          trader: to,
          amount0: amount0Out - amount0In,
          amount1: amount1Out - amount1In,
        })
    ),
    // The amounts are those of the pool: what it got is positive.
    swap(
      { kind: 'v3' },
      'event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick, uint128 protocolFeesToken0, uint128 protocolFeesToken1)',
      ({ recipient, amount0, amount1 }, pool) =>
        tradeIn(pool, { trader: recipient, amount0: -amount0, amount1: -amount1 })
    ),
    // The amounts are those of the trader: what was paid is negative.
    swap(
      { kind: 'infinity', singleton: INFINITY_CL_POOL_MANAGER },
      'event Swap(bytes32 indexed id, address indexed sender, int128 amount0, int128 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick, uint24 fee, uint16 protocolFee)',
      ({ sender, amount0, amount1 }, pool) => tradeIn(pool, { trader: sender, amount0, amount1 })
    ),
    swap(
      { kind: 'infinity', singleton: INFINITY_BIN_POOL_MANAGER },
      'event Swap(bytes32 indexed id, address indexed sender, int128 amount0, int128 amount1, uint24 activeId, uint24 fee, uint16 protocolFee)',
      ({ sender, amount0, amount1 }, pool) => tradeIn(pool, { trader: sender, amount0, amount1 })
    ),
  ],
})
