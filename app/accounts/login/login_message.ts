import { randomBytes } from 'node:crypto'
import type { Address } from 'viem'
import { createSiweMessage, parseSiweMessage } from 'viem/siwe'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import LoginNonce from '#models/login_nonce'
import type { AccountSettings } from '#accounts/account_settings'
import { LoginRefused } from '#accounts/login/login_refused'
import type { LoginSite } from '#accounts/login/login_site'

/** In ASCII, as EIP-4361 wants it: a wallet that cannot parse the message does not check its domain. */
const STATEMENT = 'Log in to Regou. This sends no transaction and costs nothing.'

/** Too many to guess; viem's own nonces are not made for that. */
const NONCE_BYTES = 16

/** How long a message is remembered after its end, to say that it was used or is too old. */
const REMEMBERED_MS = 86_400_000

type Settings = Pick<AccountSettings, 'chainId' | 'messageLifetimeMs'>

/** The message (EIP-4361) that logs a wallet in once it is signed; its nonce is good for one login. */
export async function issueMessage(
  wallet: Address,
  site: LoginSite,
  { chainId, messageLifetimeMs }: Settings,
  clock: Clock
): Promise<string> {
  const now = clock.now()
  const nonce = randomBytes(NONCE_BYTES).toString('hex')
  const expiresAt = now + messageLifetimeMs
  const message = createSiweMessage({
    ...site,
    address: wallet,
    statement: STATEMENT,
    version: '1',
    chainId,
    nonce,
    issuedAt: new Date(now),
    expirationTime: new Date(expiresAt),
  })

  await writeTransaction(async (client) => {
    await LoginNonce.query({ client })
      .where('expires_at', '<', now - REMEMBERED_MS)
      .delete()
    const walletAddress = wallet.toLowerCase()
    await LoginNonce.create(
      { nonce, walletAddress, message, expiresAt, createdAt: now },
      { client }
    )
  })
  return message
}

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
