import type { Address } from 'viem'
import type { connect } from '#demo/chain/local_chain'

export type LocalClient = ReturnType<typeof connect>

/** The local chain's second account: it holds test money, and the chain itself signs for it. The market uses the first. */
export async function testAccount(client: LocalClient): Promise<Address> {
  const [, second] = await client.getAddresses()
  return second!
}
