import { createPublicClient, http, type Address } from 'viem'

/**
 * The baseline: what one would write first, a loop that asks for one balance after the other.
 *
 * @returns addresses in a second
 */
export async function askOneByOne(url: string, addresses: readonly string[]): Promise<number> {
  const client = createPublicClient({ transport: http(url) })
  const startedAt = performance.now()
  for (const address of addresses) {
    await client.getBalance({ address: address as Address, blockTag: 'finalized' })
  }
  return (addresses.length / (performance.now() - startedAt)) * 1000
}
