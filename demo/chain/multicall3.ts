import type { Hex, PublicClient } from 'viem'

/**
 * The runtime code of Multicall3, answered by its own constructor. viem carries the creation
 * code without exporting it; its version is pinned.
 */
export async function multicall3Code(client: Pick<PublicClient, 'call'>): Promise<Hex> {
  const constants = new URL('constants/contracts.js', import.meta.resolve('viem'))
  const { multicall3Bytecode } = (await import(constants.href)) as { multicall3Bytecode: Hex }

  const { data } = await client.call({ data: multicall3Bytecode })
  return data!
}
