import { randomBytes } from 'node:crypto'
import type { Address } from 'viem'
import { createSiweMessage } from 'viem/siwe'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/write_transaction'
import LoginNonce from '#models/login_nonce'
import type { AccountSettings } from '#accounts/account_settings'
import type { LoginSite } from '#accounts/login/login_site'

/** In ASCII, as EIP-4361 wants it: a wallet that cannot parse the message does not check its domain. */
const STATEMENT = 'Log in to Regou. This sends no transaction and costs nothing.'

/** Nobody can guess so many; viem's own nonces are not made for that. */
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
