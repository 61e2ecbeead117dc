import { isAddressEqual, recoverMessageAddress } from 'viem'
import type { Address, Hex } from 'viem'
import { contractAccepts, type Chain } from '#accounts/login/contract_wallet'
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
