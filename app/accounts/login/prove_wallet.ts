import {
  BaseError,
  compactSignatureToSignature,
  createPublicClient,
  fallback,
  hashMessage,
  http,
  HttpRequestError,
  isAddressEqual,
  parseAbi,
  parseCompactSignature,
  recoverMessageAddress,
  serializeSignature,
  size,
  TimeoutError,
  type Address,
  type Hex,
  type PublicClient,
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
  const signer = await recoverMessageAddress({ message, signature: expand(signature) }).catch(
    () => null
  )
  return signer !== null && isAddressEqual(signer, address)
}

/** Some wallets sign in 64 bytes (EIP-2098), with the parity in the highest bit of `s`. */
function expand(signature: Hex): Hex {
  if (size(signature) !== 64) return signature
  return serializeSignature(compactSignatureToSignature(parseCompactSignature(signature)))
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
  const hash = hashMessage(message)
  try {
    return (
      (await client.verifyHash({ address, hash, signature })) ||
      (await contractSays(client, address, [hash, signature]))
    )
  } catch (error) {
    if (isUnanswered(error)) throw new LoginRefused('chain_unreachable')
    // It begins or ends as ERC-6492 says, and what is between is nothing.
    return false
  }
}

const ERC1271 = parseAbi(['function isValidSignature(bytes32, bytes) view returns (bytes4)'])

/** What a contract answers to a signature that it stands by (ERC-1271). */
const STANDS_BY_IT = '0x1626ba7e'

/**
 * Asks a contract itself: the contract by which viem asks refuses signatures below 32 bytes, and a Safe
 * whose owners approved the message on the chain has an empty one.
 */
async function contractSays(client: PublicClient, address: Address, args: [Hex, Hex]) {
  const asked = { address, abi: ERC1271, functionName: 'isValidSignature', args } as const
  const answer = await client.readContract(asked).catch((error) => {
    if (isUnanswered(error)) throw error
    return null
  })
  return answer === STANDS_BY_IT
}

function isUnanswered(error: unknown): boolean {
  const isOfNetwork = (cause: unknown) =>
    cause instanceof HttpRequestError || cause instanceof TimeoutError
  return error instanceof BaseError && Boolean(error.walk(isOfNetwork))
}
