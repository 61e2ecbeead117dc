import { test } from '@japa/runner'
import { parseAbi, parseEventLogs, type Hex } from 'viem'
import type { LocalChain } from '#demo/chain/local_chain'
import { TOKEN_MANAGER_HELPER, USDT } from '#demo/market/addresses'
import { CURVE_SUPPLY, wei } from '#demo/market/curve'
import type { Receipt } from '#demo/market/market'
import { HOSTILE } from '#demo/market/names'
import { startMarket } from '#tests/support/anvil'

const HELPER = parseAbi([
  'function getTokenInfo(address token) view returns (uint256 version, address tokenManager, address quote, uint256 lastPrice, uint256 tradingFeeRate, uint256 minTradingFee, uint256 launchTime, uint256 offers, uint256 maxOffers, uint256 funds, uint256 maxFunds, bool liquidityAdded)',
])

/** The first topics of the specification, not computed from any signature in this repository. */
const TOPICS: Record<string, Hex> = {
  TokenCreate: '0x396d5e902b675b032348d3d2e9517ee8f0c4a926603fbc075d3d282ff00cad20',
  TokenPurchase: '0x7db52723a3b2cdd6164364b3b766e65e540d7be48ffa89582956d8eaebe62942',
  TokenPurchase2: '0x48063b1239b68b5d50123408787a6df1f644d9160f0e5f702fefddb9a855954d',
  TokenSale: '0x0a5575b3648bae2210cee56bf33254cc1ddfbc7bf637c0af2ac18b14fb1bae19',
  TokenSale2: '0x741ffc4605df23259462547defeab4f6e755bdc5fbb6d0820727d6d3400c7e0d',
  TradeStop: '0x8f9ab4bd7eff0d085f91575d50cd83f97aa5258e24ded7630d4fd6739e857132',
  LiquidityAdded: '0xc18aa71171b358b706fe3dd345299685ba21a5316c66ffa9e319268b033c44b0',
  PairCreated: '0x0d3648bd0f6ba80134a33ba9275ac585d9d315f0ad8355cddefde31afa28d0e9',
  TokenCreated: '0x504e7f360b2e5fe33cbaaae4c593bc55305328341bf79009e43e0e3b7f699603',
  TokenCurveSetV2: '0x71a10912a55f73d3cced0d1515c2b33c396c80342522bad0e295ccbede556f37',
  TokenDexSupplyThreshSet: '0x6f10bbe11587431707df676556a0551025a4f66551acdddc5793389e20f0d46e',
  TokenVersionSet: '0x37502bf23c59a12e1036e7580a8dc056803623dbcd0885abb882adfa069ac89e',
  TokenQuoteSet: '0x3ceb902d3c555c21c3415b6aa839104b18e4825b2f8324011ff979089a507a8c',
  TokenMigratorSet: '0xcf2372b9357f0d392563d2cedb11e2b3bf0c14d2b8b75eb8bad073bbea9b0ff9',
  TokenDexPreferenceSet: '0x6b3125ac92c93333dab20ade84015b8cde845176b110057b49a81768c0cda374',
  FlapTokenTaxSet: '0x1546924f4680b1b2e093fd251c437c8781d81a21ed8ad1895e1f2c9b78db0cd0',
  TokenBought: '0xa800a2038683844fac66747f771bfdfae862eb28b16bcfa387afa9fbacce8ff7',
  TokenSold: '0x03a4693e592f5e75dc7c136acb39b146d2b4966c0e509c34f362dee02b3b861a',
  FlapTokenCirculatingSupplyChanged:
    '0x115c78ad17c4763fb97bca94f3e59dc8cb2e59c9d3862f24a694ec401200f562',
  FlapTokenProgressChanged: '0x4c35e20d1e9bce377c7d9ec1572d934e46d62961f4da8af5beb8002d5906742d',
  TaxV2OnBondingCurvePaid: '0xb4aa5d6b2390b2b8892ff84cb0ef9a64e969e1af22d049fa61cc2cf66c6ab7bd',
  OpenFourCreated: '0x7dae4dcd1b20eb0445e7cc1d02b3e2e7f32fa63081a0e764732c269f2b8f228f',
  TradeExecuted: '0x8728ba77a8dc0cbf185f23fe65b61fc658a37975e027062c3114394222a10f3f',
  MigrateExecuted: '0x147a4684ffc452d571b9faa729585d977e7c7caf3f0eb09bcc430ca605e0f8ff',
  LaunchedToDEX: '0x6e4f47630b8745b8cacbd44f42a8a33e7eea7cc08ef22fc7630f4f385784ff7d',
}

async function minedLogs(chain: LocalChain, { hash }: Receipt) {
  const { logs } = await chain.client.waitForTransactionReceipt({ hash })
  return logs
}

const topicsOf = (...names: string[]) => names.map((name) => TOPICS[name])

/** Logs of the launchpads, without those of the token itself. */
const isKnown = (topic?: string) => Object.values(TOPICS).includes(topic as Hex)

test.group('The market on a real chain', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  /** Each test makes tokens of its own on it. */
  let shared: Awaited<ReturnType<typeof startMarket>>
  group.setup(async () => {
    shared = await startMarket()
    return shared.stop
  })

  test('a life on Four.meme leaves the logs of the real contracts, in their order', async (ctx) => {
    const { assert } = ctx
    const { chain, market } = shared

    const launch = await market.createFour({ preBuy: wei(0.5), quote: USDT })
    const created = await minedLogs(chain, launch)
    const sold = await minedLogs(chain, await market.sell(launch.token))
    const completed = await minedLogs(chain, await market.graduate(launch.token))

    const seen = (logs: typeof created) => logs.map((log) => log.topics[0]).filter(isKnown)
    assert.deepEqual(seen(created), topicsOf('TokenCreate', 'TokenPurchase', 'TokenPurchase2'))
    assert.deepEqual(seen(sold), topicsOf('TokenSale', 'TokenSale2'))
    assert.deepEqual(
      seen(completed),
      topicsOf('TokenPurchase', 'TokenPurchase2', 'TradeStop', 'PairCreated', 'LiquidityAdded')
    )
  })

  test('a life on Flap leaves the logs of the real Portal', async (ctx) => {
    const { assert } = ctx
    const { chain, market } = shared

    const launch = await market.createFlap({ quote: USDT, tax: 300n })
    const created = await minedLogs(chain, launch)
    const bought = await minedLogs(chain, await market.buy(launch.token))
    const sold = await minedLogs(chain, await market.sell(launch.token))
    const completed = await minedLogs(chain, await market.graduate(launch.token))

    const companions = [
      'FlapTokenCirculatingSupplyChanged',
      'FlapTokenProgressChanged',
      'TaxV2OnBondingCurvePaid',
    ]
    const seen = (logs: typeof created) => logs.map((log) => log.topics[0]).filter(isKnown)
    assert.sameMembers(
      seen(created),
      topicsOf(
        'TokenCreated',
        'TokenCurveSetV2',
        'TokenDexSupplyThreshSet',
        'TokenVersionSet',
        'TokenMigratorSet',
        'TokenDexPreferenceSet',
        'TokenQuoteSet',
        'FlapTokenTaxSet',
        'PairCreated'
      )
    )
    assert.deepEqual(seen(bought), topicsOf('TokenBought', ...companions))
    assert.deepEqual(seen(sold), topicsOf('TokenSold', ...companions))
    assert.deepEqual(seen(completed), topicsOf('TokenBought', ...companions, 'LaunchedToDEX'))
  })

  test('a life on OpenFour leaves the logs of its core', async (ctx) => {
    const { assert } = ctx
    const { chain, market } = shared

    const launch = await market.createOpenFour()
    const created = await minedLogs(chain, launch)
    const bought = await minedLogs(chain, await market.buy(launch.token))
    const sold = await minedLogs(chain, await market.sell(launch.token))
    const completed = await minedLogs(chain, await market.graduate(launch.token))

    const seen = (logs: typeof created) => logs.map((log) => log.topics[0]).filter(isKnown)
    assert.deepEqual(seen(created), topicsOf('OpenFourCreated'))
    assert.deepEqual(seen(bought), topicsOf('TradeExecuted'))
    assert.deepEqual(seen(sold), topicsOf('TradeExecuted'))
    assert.deepEqual(seen(completed), topicsOf('TradeExecuted', 'PairCreated', 'MigrateExecuted'))
  })

  test('viem reads back exactly what was meant, hostile names included', async (ctx) => {
    const { assert } = ctx
    const { chain, market } = shared
    const abi = parseAbi([
      'event TokenCreate(address creator, address token, uint256 requestId, string name, string symbol, uint256 totalSupply, uint256 launchTime, uint256 launchFee)',
    ])

    for (const name of HOSTILE) {
      const launch = await market.createFour({ name, preBuy: 0n })
      const logs = await minedLogs(chain, launch)
      const [event] = parseEventLogs({ abi, logs })

      assert.deepEqual([event!.args.name, event!.args.symbol], [...name])
      assert.equal(event!.args.token.toLowerCase(), launch.token.address)
    }
  })

  test('the helper answers what the curve has come to', async (ctx) => {
    const { assert } = ctx
    const { chain, market } = shared
    const { token } = await market.createFour({ quote: USDT, raiseTarget: wei(12_000), preBuy: 0n })
    await minedLogs(chain, await market.buy(token, wei(600)))

    const question = {
      address: TOKEN_MANAGER_HELPER,
      abi: HELPER,
      functionName: 'getTokenInfo',
      args: [token.address],
    } as const
    const info = await chain.client.readContract(question)
    const [batched] = await chain.client.multicall({ contracts: [question] })

    assert.deepEqual(info.slice(0, 1), [2n])
    assert.equal(info[2], USDT)
    assert.equal(info[7], token.curve.left)
    assert.equal(info[8], CURVE_SUPPLY)
    assert.equal(info[9], wei(600))
    assert.equal(info[10], wei(12_000))
    assert.isFalse(info[11])
    assert.deepEqual(batched!.result, info)
  })

  test('the same seed plays the same market', async (ctx) => {
    const play = async () => {
      const { market, stop } = await startMarket(7)
      ctx.cleanup(stop)
      const { token, emitted } = await market.createFour()
      const bought = await market.buy(token)
      return [emitted, bought.emitted]
    }

    ctx.assert.deepEqual(await play(), await play())
  })

  test('a block is final two blocks later, as on BSC', async (ctx) => {
    const { chain } = shared
    await chain.client.mine({ blocks: 10 })

    const latest = await chain.client.getBlock({ blockTag: 'latest' })
    const finalized = await chain.client.getBlock({ blockTag: 'finalized' })

    ctx.assert.equal(latest.number - finalized.number, 2n)
  })
})
