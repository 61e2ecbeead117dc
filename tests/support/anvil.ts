import { startAnvil } from '#demo/chain/anvil'
import { LocalChain } from '#demo/chain/local_chain'
import { Market } from '#demo/market/market'
import { Random } from '#demo/market/random'
import { freePort } from '#demo/processes/ports'

/** A real chain with a market on it. Every transaction is a block of its own. */
export async function startMarket(seed = 1) {
  const anvil = await startAnvil({ port: await freePort() })
  const chain = new LocalChain(anvil.url)
  await chain.placeContracts()
  return { chain, market: new Market(chain, new Random(seed)), stop: () => anvil.stop() }
}
