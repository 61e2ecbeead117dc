import { test } from '@japa/runner'
import { NATIVE } from '#sources/facts'
import type { FollowedPool } from '#sources/define_source'
import { following } from '#sources/follow_pools'
import { pancake } from '#sources/pancake'
import { logReader } from '#sources/read_logs'
import { sources } from '#sources/venues'
import { someAddress, someHash } from '#tests/support/facts'
import { syntheticLog } from '#tests/support/logs'
import {
  INFINITY_CL,
  INFINITY_SWAP,
  INITIALIZE,
  PAIR_CREATED,
  POOL_CREATED,
  V2_FACTORY,
  V2_SWAP,
  V3_FACTORY,
  V3_SWAP,
  WBNB,
} from '#tests/support/pancake'

/** The published topics of the swaps. */
const TOPICS = {
  v2: '0xd78ad95fa46c994b6551d0da85fc275fe613ce37657fb8d5e3d130840159d822',
  v3: '0x19b47279256b2a23a1665c810c8d55a1758940ee09377d4f8d26497a3577dc83',
  infinity: '0x04206ad2b7c0f463bff3dd4f33c5735b0f2957a351e4f79763a4fa9e775dd237',
  infinityBin: '0x3e8aae37f890eb1f9d63dd4d2062f3f0be757848a0f0760e4f3e53dad556e861',
}

const E18 = 10n ** 18n
/** Tokens whose addresses sort before and after wrapped BNB. */
const FIRST = `0x11${'0'.repeat(38)}`
const LAST = `0xff${'0'.repeat(38)}`

const trader = someAddress()

function pool(columns: Partial<FollowedPool>): FollowedPool {
  return {
    source: 'pancake',
    kind: 'v2',
    poolId: someAddress(),
    token: FIRST,
    quote: WBNB,
    ...columns,
  } as FollowedPool
}

function tradeOf(followed: FollowedPool, address: string, signature: string, values: unknown[]) {
  const read = logReader(following(sources, [followed]))
  const { facts, undecodable } = read([syntheticLog(address, signature, values)])
  return { trade: facts[0]?.fact, state: facts[1]?.fact, count: facts.length, undecodable }
}

test.group('PancakeSwap', () => {
  test('the swaps hash to the published topics', ({ assert }) => {
    const actual = pancake.swaps!.map(({ of }) => of([]).topic0)
    assert.deepEqual(actual, Object.values(TOPICS))
  })

  test('a new pool may be one of either token, if it is known', ({ assert }) => {
    const [one, other, place, id] = [someAddress(), someAddress(), someAddress(), someHash()]
    const logs = [
      syntheticLog(V2_FACTORY, PAIR_CREATED, [one, other, place, 1n]),
      syntheticLog(V3_FACTORY, POOL_CREATED, [one, other, 2500, 50, place]),
      syntheticLog(INFINITY_CL, INITIALIZE, [id, NATIVE, other, NATIVE, 0, id, 1n, 0]),
    ]

    const facts = logReader([pancake])(logs).facts.map(({ fact }) => fact)

    const pair = { type: 'pool', poolId: place, onlyKnownToken: true }
    const single = { ...pair, kind: 'infinity', poolId: id }
    assert.deepEqual(facts, [
      { ...pair, kind: 'v2', token: one, quote: other },
      { ...pair, kind: 'v2', token: other, quote: one },
      { ...pair, kind: 'v3', token: one, quote: other },
      { ...pair, kind: 'v3', token: other, quote: one },
      { ...single, token: NATIVE, quote: other },
      { ...single, token: other, quote: NATIVE },
    ] as never)
  })

  test('two sources read the factory: the pool of a graduation stays known', ({ assert }) => {
    const transactionHash = someHash()
    const [token, place] = [someAddress(), someAddress()]
    const { facts } = logReader(sources)([
      syntheticLog(V2_FACTORY, PAIR_CREATED, [token, WBNB, place, 1n], { transactionHash }),
      syntheticLog(
        '0x5c952063c7fc8610FFDB798152D69F0B9550762b',
        'event LiquidityAdded(address base, uint256 offers, address quote, uint256 funds)',
        [token, 1n, NATIVE, 2n],
        { transactionHash }
      ),
    ])

    const launch = facts.find(({ fact }) => fact.type === 'launch')!
    assert.containsSubset(launch.fact, { kind: 'graduated', poolId: place })
    assert.lengthOf(
      facts.filter(({ source }) => source === 'pancake'),
      2
    )
  })

  for (const [order, token] of [
    ['first', FIRST],
    ['last', LAST],
  ] as const) {
    const inOrder = <T>(base: T, quote: T) => (order === 'first' ? [base, quote] : [quote, base])
    const bought = { side: 'buy', trader, baseAmount: 200n * E18, quoteAmount: 3n * E18 }
    const sold = { ...bought, side: 'sell' }
    const price = (3n * E18) / 200n

    test(`a V2 swap of a token that sorts ${order} is a trade at the price paid`, ({ assert }) => {
      const followed = pool({ token: token as never })
      const swap = (paid: bigint[], got: bigint[]) =>
        tradeOf(followed, followed.poolId, V2_SWAP, [someAddress(), ...paid, ...got, trader])

      const buy = swap(inOrder(0n, 3n * E18), inOrder(200n * E18, 0n))
      assert.containsSubset(buy.trade, { ...bought, price, token, quote: WBNB })
      assert.containsSubset(buy.state, { type: 'pool_state', poolId: followed.poolId, price })
      const sell = swap(inOrder(200n * E18, 0n), inOrder(0n, 3n * E18))
      assert.containsSubset(sell.trade, { ...sold, price })
      const flash = swap(inOrder(5n, 3n * E18), inOrder(200n * E18 + 5n, 0n))
      assert.containsSubset(flash.trade, { ...bought, price })
      assert.equal(swap(inOrder(7n, 1n), inOrder(7n, 1n)).count, 0)
    })

    test(`a V3 swap of a token that sorts ${order} counts for the pool`, ({ assert }) => {
      const followed = pool({ token: token as never, kind: 'v3' })
      const swap = (amounts: bigint[]) =>
        tradeOf(followed, followed.poolId, V3_SWAP, [
          someAddress(),
          trader,
          ...amounts,
          1n,
          1n,
          -5,
          0n,
          0n,
        ])

      const buy = swap(inOrder(-200n * E18, 3n * E18))
      assert.containsSubset(buy.trade, { ...bought, price })
      assert.containsSubset(swap(inOrder(200n * E18, -3n * E18)).trade, { ...sold, price })
    })

    test(`an Infinity swap of a token that sorts ${order} counts for the trader`, ({ assert }) => {
      const id = someHash()
      const quote = order === 'first' ? WBNB : NATIVE
      const followed = pool({ token, quote, kind: 'infinity', poolId: id } as never)
      const swap = (poolId: string, amounts: bigint[]) =>
        tradeOf(followed, INFINITY_CL, INFINITY_SWAP, [
          poolId,
          trader,
          ...amounts,
          1n,
          1n,
          -5,
          0,
          0,
        ])

      const buy = swap(id, inOrder(200n * E18, -3n * E18))
      assert.containsSubset(buy.trade, { ...bought, price, poolId: id })
      assert.containsSubset(swap(id, inOrder(-200n * E18, 3n * E18)).trade, { ...sold, price })
      const foreign = swap(someHash(), inOrder(200n * E18, -3n * E18))
      assert.equal(foreign.count, 0)
      assert.isEmpty(foreign.undecodable)
    })
  }

  test('swaps of pools that are not followed are not read', ({ assert }) => {
    const values = [someAddress(), 0n, 1n, 1n, 0n, someAddress()]
    const log = syntheticLog(someAddress(), V2_SWAP, values)
    assert.isEmpty(logReader(following(sources, [pool({})]))([log]).facts)
    assert.deepEqual(following([pancake], [])[0]!.contracts, pancake.contracts)
  })

  test('Uniswap’s V3 swap is another event and not taken for PancakeSwap’s', ({ assert }) => {
    const followed = pool({ kind: 'v3' })
    const { count } = tradeOf(
      followed,
      followed.poolId,
      'event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)',
      [someAddress(), trader, 1n, -1n, 1n, 1n, 0]
    )
    assert.equal(count, 0)
  })
})
