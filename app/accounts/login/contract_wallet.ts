import { createPublicClient, fallback, hashMessage, http } from 'viem'
import type { Address, Hex } from 'viem'
import type { AccountSettings } from '#accounts/account_settings'
import { LoginRefused } from '#accounts/login/login_refused'

export type Chain = Pick<AccountSettings, 'chainId' | 'rpcUrls' | 'rpcTimeoutMs'>

/**
 * Asks the chain whether a contract stands by a signature: by ERC-1271, or by ERC-6492 when it is
 * still to be deployed.
 *
 * @throws LoginRefused when no endpoint of the chain answers
 */
export async function contractAccepts(
  signed: { address: Address; message: string; signature: Hex },
  { chainId, rpcUrls, rpcTimeoutMs }: Chain
): Promise<boolean> {
  const transports = rpcUrls.map((url) => http(url, { timeout: rpcTimeoutMs, retryCount: 0 }))
  const client = createPublicClient({ transport: fallback(transports, { retryCount: 0 }) })

  // Asked first, because viem answers a chain that is down as if the contract had refused.
  const answered = await client.getChainId().catch(() => null)
  if (answered !== chainId) {
    throw new LoginRefused('chain_unreachable')
  }
  const { address, message, signature } = signed
  return client.verifyHash({ address, hash: hashMessage(message), signature })
}
