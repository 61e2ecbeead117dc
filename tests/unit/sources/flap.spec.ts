import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { flap } from '#sources/flap'
import type { ChainLog } from '#sources/facts'
import { logReader } from '#sources/read_logs'
import { syntheticLog } from '#tests/support/logs'

const PORTAL = '0xe2cE6ab80874Fa9Fa2aAE65D277Dd6B8e65C9De0'
const BNB = '0x0000000000000000000000000000000000000000'
const USDT = '0x55d398326f99059ff775485246999027b3197955'
const TOKEN = '0x00000000000000000000000000000000000a7777'
const ALICE = '0x00000000000000000000000000000000000a11ce'

const CREATED =
  'event TokenCreated(uint256 ts, address creator, uint256 nonce, address token, string name, string symbol, string meta)'
const QUOTE_SET = 'event TokenQuoteSet(address token, address quoteToken)'

const read = logReader([flap])
const factsOf = (...logs: ChainLog[]) => read(logs).facts.map(({ fact }) => fact)

test.group('Flap', () => {
  test('a real LaunchedToDEX becomes a graduation into its pool', ({ assert }) => {
    const samples = JSON.parse(
      readFileSync(new URL('../../fixtures/bsc_logs.json', import.meta.url), 'utf8')
    ) as { source: string; log: ChainLog }[]
    const { log } = samples.find(({ source }) => source === 'flap')!
    const place = { blockNumber: 1, blockHash: '0x01', transactionHash: '0x02', blockTime: 0 }

    const [launch] = factsOf({
      ...log,
      ...place,
      address: log.address.toLowerCase() as `0x${string}`,
      logIndex: 0,
    })

    assert.containsSubset(launch, {
      type: 'launch',
      kind: 'graduated',
      token: '0x41df9249b0c4e34eab6e9591e02d5d7a31547777',
      poolId: '0x29bd8aa0d60206e835bf916b7c0ddd5ed2e9e7bb',
      baseAmount: 200000000000000000000000000n,
      quoteAmount: 89285714282457346613n,
    })
  })

  test('a launch without a quote setting is quoted in BNB (synthetic)', ({ assert }) => {
    const created = syntheticLog(PORTAL, CREATED, [1n, ALICE, 0n, TOKEN, '小狗', 'DOG', 'bafy'])

    assert.containsSubset(factsOf(created), [
      { type: 'launch', kind: 'created', name: '小狗', metadataUri: 'bafy', quote: BNB },
      { type: 'pool', kind: 'curve', poolId: TOKEN, quote: BNB },
    ])
  })

  test('a quote setting of the same transaction counts, before and after the launch (synthetic)', ({
    assert,
  }) => {
    const place = { transactionHash: '0xabc' }
    const created = syntheticLog(PORTAL, CREATED, [1n, ALICE, 0n, TOKEN, 'a', 'b', ''], place)
    const quoted = syntheticLog(PORTAL, QUOTE_SET, [TOKEN, USDT], place)
    const other = syntheticLog(PORTAL, QUOTE_SET, [ALICE, ALICE], place)

    for (const logs of [
      [created, other, quoted],
      [quoted, created, other],
    ]) {
      assert.containsSubset(factsOf(...logs), [{ quote: USDT }, { quote: USDT }])
    }
  })

  test('trades and their progress become trades and pool states (synthetic)', ({ assert }) => {
    const bought = syntheticLog(
      PORTAL,
      'event TokenBought(uint256 ts, address token, address buyer, uint256 amount, uint256 eth, uint256 fee, uint256 postPrice)',
      [1n, TOKEN, ALICE, 100n, 50n, 1n, 7n]
    )
    const sold = syntheticLog(
      PORTAL,
      'event TokenSold(uint256 ts, address token, address seller, uint256 amount, uint256 eth, uint256 fee, uint256 postPrice)',
      [1n, TOKEN, ALICE, 30n, 20n, 1n, 6n]
    )
    const progress = syntheticLog(
      PORTAL,
      'event FlapTokenProgressChanged(address token, uint256 newProgress)',
      [TOKEN, 5n * 10n ** 17n]
    )

    assert.containsSubset(factsOf(bought, sold, progress), [
      { type: 'trade', side: 'buy', trader: ALICE, baseAmount: 100n, quoteAmount: 50n, fee: 1n },
      { type: 'pool_state', price: 7n },
      { type: 'trade', side: 'sell', baseAmount: 30n, quoteAmount: 20n },
      { type: 'pool_state', price: 6n },
      { type: 'pool_state', progress: 5n * 10n ** 17n },
    ])
  })

  test('a graduation into a singleton DEX names the pool, not the vault (synthetic)', ({
    assert,
  }) => {
    const place = { transactionHash: '0xabc' }
    const poolId = `0x${'5e'.repeat(32)}`
    const launched = syntheticLog(
      PORTAL,
      'event LaunchedToDEX(address token, address pool, uint256 amount, uint256 eth)',
      [TOKEN, ALICE, 1n, 2n],
      place
    )
    const pool = syntheticLog(
      PORTAL,
      'event FlapTokenCLPoolCreated(address token, bytes32 poolId, uint160 sqrtPriceX96)',
      [TOKEN, poolId, 1n],
      place
    )

    assert.containsSubset(factsOf(launched, pool)[0], { kind: 'graduated', poolId })
  })
})
