import { test } from '@japa/runner'
import logger from '@adonisjs/core/services/logger'
import { startAnvil } from '#demo/chain/anvil'
import { LocalChain } from '#demo/chain/local_chain'
import { PRICE_PAIR } from '#demo/chain/price_pair'
import { freePort } from '#demo/processes/ports'
import { CoinPriceReader } from '#collectors/evm/coin_price'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { readCoinPrice } from '#market/coin_price'
import { emptyDatabase } from '#tests/support/database'
import { SettableClock } from '#tests/support/settable_clock'

test.group('The price of BNB', (group) => {
  group.each.setup(() => emptyDatabase())

  test('is what the reserves of its pair say, and stays what it was when they say nothing', async ({
    assert,
    cleanup,
  }) => {
    const anvil = await startAnvil({ port: await freePort() })
    cleanup(() => anvil.stop())
    const chain = new LocalChain(anvil.url)
    await chain.placeContracts()
    const clock = new SettableClock()
    const endpoints = new EndpointPool([anvil.url], 56, clock)
    cleanup(() => endpoints.close())
    const reader = new CoinPriceReader({ chainId: 56, pair: PRICE_PAIR, endpoints, clock, logger })

    assert.isNull(await readCoinPrice(56))
    await reader.read()
    const readAt = clock.now()
    assert.containSubset(await readCoinPrice(56), { usd: `650${'0'.repeat(18)}`, readAt })

    clock.pass(30_000)
    await chain.client.setStorageAt({
      address: PRICE_PAIR,
      index: `0x${'1'.padStart(64, '0')}`,
      value: `0x${'1'.padStart(64, '0')}`,
    })
    await reader.read()
    assert.containSubset(await readCoinPrice(56), { usd: `650${'0'.repeat(18)}`, readAt })
  })
})
