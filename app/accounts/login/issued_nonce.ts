import { parseSiweMessage } from 'viem/siwe'
import LoginNonce from '#models/login_nonce'
import { LoginRefused } from '#accounts/login/login_refused'
import type { LoginSite } from '#accounts/login/login_site'

interface Expected {
  site: LoginSite
  chainId: number
  /** Epoch milliseconds. */
  now: number
}

/**
 * The nonce that a message was issued with, once the message is found to be ours, for here, for
 * now, unused and unchanged.
 *
 * @throws LoginRefused with what is wrong with it
 */
export async function issuedNonce(message: string, { site, chainId, now }: Expected) {
  const fields = parseSiweMessage(message)
  if (!fields.nonce || !fields.address || !fields.domain) {
    throw new LoginRefused('malformed')
  }
  if (fields.domain !== site.domain || fields.uri !== site.uri) {
    throw new LoginRefused('foreign_domain')
  }
  if (fields.chainId !== chainId) {
    throw new LoginRefused('wrong_chain')
  }
  const nonce = await LoginNonce.find(fields.nonce)
  if (!nonce) {
    throw new LoginRefused('unknown_nonce')
  }
  if (nonce.consumedAt !== null) {
    throw new LoginRefused('used_nonce')
  }
  if (now >= nonce.expiresAt) {
    throw new LoginRefused('expired')
  }
  if (message !== nonce.message) {
    throw new LoginRefused('tampered')
  }
  return nonce
}
