import { test } from '@japa/runner'
import { encodeAbiParameters } from 'viem'
import { clanker } from '#sources/clanker'
import { openFour } from '#sources/open_four'
import type { ChainLog } from '#sources/facts'
import { logReader } from '#sources/read_logs'
import { syntheticLog } from '#tests/support/logs'

const CORE = '0xebe7b6c1089d9f72ad07f34e36d898e44e5e27f3'
const CLANKER = '0xea30438e0b5f99096cb05a8da63be55a6a298f6a'
const WBNB = '0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c'
const TOKEN = '0x00000000000000000000000000000000000a4444'
const ALICE = '0x00000000000000000000000000000000000a11ce'
const OTHER = '0x0000000000000000000000000000000000000007'
const ID = `0x${'7'.repeat(64)}`

const CREATED =
  'event TokenCreated(uint256 requestId, uint256 indexed presetId, address indexed creator, address indexed token, string name, string symbol, uint256 maxSupply, uint256 saleAmount, uint256 raiseAmount, uint256 initialPrice, address quoteAsset, address vault, address curveModule, address tradeModule, address migrateModule, address customData, address tokenModule, string tokenMetaUri, uint256 flags, bytes encodedTags)'
const TRADED =
  'event TradeExecuted(address indexed token, address indexed trader, uint256 indexed presetId, bool isBuy, address quoteAsset, address vault, uint256 requestedTokenAmount, uint256 tokenAmount, uint256 curveQuoteAmount, uint256 traderQuoteAmount, uint256 lastPrice, uint256 slippageLimit, uint256 protocolFee, uint256 taxFee, uint256 devFee, uint256 antiSniperFee, uint256 totalRaised, uint256 remainingForSale)'
const MIGRATED =
  'event MigrateExecuted(uint256 indexed presetId, address indexed caller, address indexed token, address vault, address migrateModule, bytes8 migrateTagId, uint256 totalRaised, uint256 remainingForSale, bytes32 hookDataHash, uint8 migratedDataVersion, bytes encodedMigratedData)'

const read = logReader([openFour, clanker])
const factsOf = (...logs: ChainLog[]) => read(logs).facts.map(({ fact }) => fact)

test.group('OpenFour, with synthetic logs', () => {
  test('its topics are those that live counts of the contract name', ({ assert }) => {
    const [{ events }] = openFour.contracts as [(typeof openFour.contracts)[0]]

    assert.deepEqual(
      events.map(({ topic0 }) => topic0),
      [
        '0x7dae4dcd1b20eb0445e7cc1d02b3e2e7f32fa63081a0e764732c269f2b8f228f',
        '0x8728ba77a8dc0cbf185f23fe65b61fc658a37975e027062c3114394222a10f3f',
        '0x147a4684ffc452d571b9faa729585d977e7c7caf3f0eb09bcc430ca605e0f8ff',
      ]
    )
  })

  test('a creation becomes a launch, and its curve with target and first state', ({ assert }) => {
    const modules = [OTHER, OTHER, OTHER, OTHER, OTHER, OTHER]
    const [launch, curve, state] = factsOf(
      syntheticLog(CORE, CREATED, [
        ...[5n, 3n, ALICE, TOKEN, '开四', 'OPEN', 1000n, 800n, 18n, 2n, WBNB],
        ...[...modules, 'https://example.com/t.json', 1n, '0x01'],
      ])
    )

    const place = { token: TOKEN, creator: ALICE, poolId: TOKEN, quote: WBNB }
    assert.containsSubset(launch, {
      type: 'launch',
      kind: 'created',
      name: '开四',
      symbol: 'OPEN',
      metadataUri: 'https://example.com/t.json',
      ...place,
    })
    assert.containsSubset(curve, { type: 'pool', kind: 'curve', raiseTarget: 18n, ...place })
    assert.containsSubset(state, { price: 2n, baseReserve: 800n, quoteReserve: 0n })
  })

  test('a trade becomes a sell with all its fees, and the new state of the curve', ({ assert }) => {
    const values = [9n, 8n, 70n, 60n, 3n, 1n, 4n, 3n, 2n, 1n, 500n, 300n]
    const [trade, state] = factsOf(
      syntheticLog(CORE, TRADED, [TOKEN, ALICE, 3n, false, WBNB, OTHER, ...values])
    )

    assert.containsSubset(trade, {
      type: 'trade',
      side: 'sell',
      trader: ALICE,
      token: TOKEN,
      quote: WBNB,
      quoteAmount: 70n,
      baseAmount: 8n,
      fee: 10n,
      price: 3n,
    })
    assert.containsSubset(state, { price: 3n, quoteReserve: 500n, baseReserve: 300n })
  })

  test('a migration becomes a graduation to the pair or pool that it names', ({ assert }) => {
    const migrated = (data: string) =>
      syntheticLog(CORE, MIGRATED, [
        ...[3n, ALICE, TOKEN, OTHER, OTHER, '0x0102030405060708'],
        ...[18n, 0n, ID, 1, data],
      ])
    const pools = [
      [encodeAbiParameters([{ type: 'address' }], [OTHER]), OTHER],
      [encodeAbiParameters([{ type: 'bytes32' }], [ID as `0x${string}`]), ID],
      [encodeAbiParameters([{ type: 'address' }], [`0x${'0'.repeat(40)}`]), undefined],
      ['0x', undefined],
      [`${ID}${'1'.repeat(64)}`, undefined],
    ] as const

    for (const [data, poolId] of pools) {
      const [launch, state] = factsOf(migrated(data))
      const graduation = { type: 'launch', kind: 'graduated', token: TOKEN, quoteAmount: 18n }
      assert.containsSubset(launch, { ...graduation, poolId })
      assert.containsSubset(state, { type: 'pool_state', progress: 10n ** 18n })
    }
  })
})

test.group('Clanker, with synthetic logs', () => {
  test('a creation becomes a launch into its pool', ({ assert }) => {
    const created =
      'event TokenCreated(address msgSender, address indexed tokenAddress, address indexed tokenAdmin, string tokenImage, string tokenName, string tokenSymbol, string tokenMetadata, string tokenContext, int24 startingTick, address poolHook, bytes32 poolId, address pairedToken, address mevModule, uint256 extensionsSupply, address[] extensions)'
    const facts = factsOf(
      syntheticLog(CLANKER, created, [
        ...[OTHER, TOKEN, ALICE, 'ipfs://image', 'Clanky', 'CLANK', '{}', '{}', -230_400],
        ...[OTHER, ID, WBNB, OTHER, 0n, [OTHER]],
      ])
    )

    assert.lengthOf(facts, 1)
    assert.containsSubset(facts[0], {
      type: 'launch',
      kind: 'created',
      token: TOKEN,
      creator: ALICE,
      name: 'Clanky',
      symbol: 'CLANK',
      quote: WBNB,
      poolId: ID,
    })
  })
})
