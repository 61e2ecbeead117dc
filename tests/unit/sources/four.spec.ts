import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { four } from '#sources/four'
import type { ChainLog } from '#sources/facts'
import { logReader } from '#sources/read_logs'
import { syntheticLog } from '#tests/support/logs'

const V1 = '0xEC4549caDcE5DA21Df6E6422d448034B5233bFbC'
const V2 = '0x5c952063c7fc8610FFDB798152D69F0B9550762b'
const BNB = '0x0000000000000000000000000000000000000000'
const WBNB = '0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c'
const TOKEN = '0x00000000000000000000000000000000000a4444'
const ALICE = '0x00000000000000000000000000000000000a11ce'

const read = logReader([four])
const factsOf = (...logs: ChainLog[]) => read(logs).facts.map(({ fact }) => fact)

/** Real logs; block and log index were not published with them, so the tests give their own. */
function realLogs(event: string): ChainLog[] {
  const samples = JSON.parse(
    readFileSync(new URL('../../fixtures/bsc_logs.json', import.meta.url), 'utf8')
  ) as { source: string; event: string; log: ChainLog }[]

  return samples
    .filter((sample) => sample.source === 'four-meme-v2' && sample.event === event)
    .map(({ log }) => ({
      ...log,
      address: log.address.toLowerCase() as `0x${string}`,
      blockNumber: 1,
      blockHash: '0x01',
      blockTime: 1_780_000_000_000,
      logIndex: 0,
    }))
}

test.group('Four.meme', () => {
  test('a real TokenCreate becomes a created launch and its curve', ({ assert }) => {
    const token = '0xe71f83a81410efcbe05168624498d825e0ae4444'
    const creator = '0x7a7264cf57d2beed3e839ba92682e53fa1d7c710'

    assert.deepEqual(factsOf(...realLogs('TokenCreate')), [
      {
        type: 'launch',
        kind: 'created',
        token,
        creator,
        name: 'BSC现状',
        symbol: '及时止损',
        poolId: token,
        quote: undefined,
      },
      { type: 'pool', kind: 'curve', poolId: token, token, creator, quote: undefined },
    ])
  })

  test('a real TokenPurchase becomes a buy and the new state of the curve', ({ assert }) => {
    const token = '0x1501223e56f6c18df9dff8c7f5a183c6207d4444'

    assert.deepEqual(factsOf(...realLogs('TokenPurchase')), [
      {
        type: 'trade',
        side: 'buy',
        poolId: token,
        token,
        trader: '0x3638f1370894ca678c435103ee89d37cceff293d',
        price: 5681404016684n,
        quoteAmount: 4396012477062816673n,
        baseAmount: 774434458025116000000000n,
        fee: 43960124770628166n,
        quote: undefined,
      },
      {
        type: 'pool_state',
        poolId: token,
        token,
        price: 5681404016684n,
        baseReserve: 607417078171729100000000000n,
        quoteReserve: 897941832299515311714n,
      },
    ])
  })

  test('a real TokenSale becomes a sell', ({ assert }) => {
    const [trade] = factsOf(...realLogs('TokenSale'))

    assert.containsSubset(trade, {
      type: 'trade',
      side: 'sell',
      trader: '0x11478754577525d7fa50610f2080a031824c2043',
      quoteAmount: 12543363145067650n,
      baseAmount: 704774501395217000000000n,
      fee: 125433631450676n,
    })
  })

  test('a real LiquidityAdded becomes a graduation with its quote asset', ({ assert }) => {
    const [launch, state] = factsOf(...realLogs('LiquidityAdded'))

    assert.containsSubset(launch, {
      type: 'launch',
      kind: 'graduated',
      token: '0xb4231ec499ec91c8389cbe3e58e81d0bfd964444',
      quote: BNB,
      quoteAmount: 17639999998157599996n,
      baseAmount: 200000000000000000000000000n,
    })
    assert.containsSubset(state, { type: 'pool_state', progress: 10n ** 18n })
  })

  test('the pair with its quote asset is where a graduation went, not what else its transaction makes', ({
    assert,
  }) => {
    const factory = '0xcA143Ce32Fe78f1f7019d7d551a6402fC5350c73'
    const pair = '0x00000000000000000000000000000000000000aa'
    const place = { transactionHash: '0xabc' }
    const graduation = syntheticLog(
      V2,
      'event LiquidityAdded(address base, uint256 offers, address quote, uint256 funds)',
      [TOKEN, 1n, BNB, 2n],
      place
    )
    const pairCreated = syntheticLog(
      factory,
      'event PairCreated(address indexed token0, address indexed token1, address pair, uint256 count)',
      [TOKEN, WBNB, pair, 7n],
      place
    )

    const forged = [
      syntheticLog(
        factory,
        'event PairCreated(address indexed token0, address indexed token1, address pair, uint256 count)',
        [TOKEN, ALICE, ALICE, 8n],
        { ...place, logIndex: 9 }
      ),
      syntheticLog(
        '0x0BFbCF9fa4f9C56B0F40a671Ad40E0805A091865',
        'event PoolCreated(address indexed token0, address indexed token1, uint24 indexed fee, int24 tickSpacing, address pool)',
        [TOKEN, WBNB, 100, 1, ALICE],
        { ...place, logIndex: 10 }
      ),
    ]
    for (const logs of [
      [graduation, pairCreated, ...forged],
      [...forged, pairCreated, graduation],
      [graduation, pairCreated],
      [pairCreated, graduation],
    ]) {
      const [launch] = factsOf(...logs)
      assert.containsSubset(launch, { kind: 'graduated', poolId: pair })
    }
    const [robbed] = factsOf(graduation, ...forged)
    assert.containsSubset(robbed, { kind: 'graduated', poolId: undefined })
    const [alone] = factsOf(graduation, { ...pairCreated, transactionHash: '0xdef' })
    assert.containsSubset(alone, { kind: 'graduated', poolId: undefined })
  })

  test('trades of the first version are in BNB, with and without the fee', ({ assert }) => {
    const withFee =
      'event TokenPurchase(address token, address account, uint256 tokenAmount, uint256 etherAmount, uint256 fee)'
    const withoutFee =
      'event TokenSale(address token, address account, uint256 tokenAmount, uint256 etherAmount)'
    const buy = syntheticLog(V1, withFee, [TOKEN, ALICE, 4n * 10n ** 18n, 2n * 10n ** 18n, 5n])
    const sell = syntheticLog(V1, withoutFee, [TOKEN, ALICE, 4n * 10n ** 18n, 10n ** 18n])

    assert.containsSubset(factsOf(buy, sell), [
      { side: 'buy', quote: BNB, quoteAmount: 2n * 10n ** 18n, fee: 5n, price: 5n * 10n ** 17n },
      { side: 'sell', quote: BNB, quoteAmount: 10n ** 18n, fee: undefined },
    ])
  })

  test('synthetic: a token of the first version is launched for BNB', ({ assert }) => {
    const created =
      'event TokenCreate(address creator, address token, uint256 requestId, string name, string symbol, uint256 totalSupply, uint256 launchTime)'
    const [launch, curve] = factsOf(
      syntheticLog(V1, created, [ALICE, TOKEN, 1n, 'Old', 'OLD', 1n, 0n])
    )

    const place = { token: TOKEN, creator: ALICE, poolId: TOKEN, quote: BNB }
    assert.containsSubset(launch, { type: 'launch', kind: 'created', name: 'Old', ...place })
    assert.containsSubset(curve, { type: 'pool', kind: 'curve', ...place })
  })
})
