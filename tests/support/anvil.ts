import type { TestContext } from '@japa/runner/core'
import { startAnvil } from '#demo/chain/anvil'
import { LocalChain } from '#demo/chain/local_chain'
import { Market } from '#demo/market/market'
import { Random } from '#demo/market/random'
import { freePort } from '#demo/processes/ports'

/**
 * A real chain with a market on it, ended with the test. Without `blockSeconds` every transaction
 * is a block of its own, so a test decides when time passes.
 */
export async function startMarket(
  test: TestContext['test'],
  options: { blockSeconds?: number; seed?: number } = {}
) {
  const anvil = await startAnvil({
    port: await freePort(),
    blockSeconds: options.blockSeconds,
  })
  test.cleanup(() => anvil.stop())

  const chain = new LocalChain(anvil.url)
  await chain.placeContracts()
  return { url: anvil.url, chain, market: new Market(chain, new Random(options.seed ?? 1)) }
}
