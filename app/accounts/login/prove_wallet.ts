import {
  isAddressEqual,
  recoverMessageAddress,
  type Address,
  type Hex,
  createPublicClient,
  fallback,
  hashMessage,
  http,
} from 'viem'
import type { AccountSettings } from '#accounts/account_settings'
import { LoginRefused } from '#accounts/login/login_refused'

interface Signed {
  address: Address
  message: string
  signature: Hex
}

/**
 * Makes sure that a wallet signed a message. Ordinary wallets are checked here, so that they can
 * log in while the chain cannot be reached; the chain is asked about all others.
 *
 * @throws LoginRefused
 */
export async function proveWallet(signed: Signed, chain: Chain) {
  if ((await isSigner(signed)) || (await contractAccepts(signed, chain))) {
    return
  }
  throw new LoginRefused('wrong_signature')
}

async function isSigner({ address, message, signature }: Signed): Promise<boolean> {
  const signer = await recoverMessageAddress({ message, signature }).catch(() => null)
  return signer !== null && isAddressEqual(signer, address)
}

type Chain = Pick<AccountSettings, 'chainId' | 'rpcUrls' | 'rpcTimeoutMs'>

/**
 * Asks the chain whether a contract stands by a signature: by ERC-1271, or by ERC-6492 when it is
 * still to be deployed.
 *
 * @throws LoginRefused when no endpoint of the chain answers
 */
async function contractAccepts(
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
