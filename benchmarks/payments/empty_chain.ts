import { startAnvil, type Anvil } from '#demo/chain/anvil'
import { connect } from '#demo/chain/local_chain'
import { multicall3Code } from '#demo/chain/contracts'
import { MULTICALL3 } from '#demo/market/addresses'
import { freePort } from '#demo/processes/ports'

/** BSC's block interval. */
const BLOCK_SECONDS = 0.45

/** A real chain on which blocks are made, with Multicall3 and nothing else on it. */
export async function startEmptyChain(): Promise<Anvil> {
  const anvil = await startAnvil({ port: await freePort(), blockSeconds: BLOCK_SECONDS })
  const client = connect(anvil.url)
  await client.setCode({ address: MULTICALL3, bytecode: await multicall3Code(client) })
  await client.mine({ blocks: 10 })
  return anvil
}
