import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Address, Hex } from 'viem'
import type { Clock } from '#foundation/clock'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { writeTransaction } from '#foundation/db/transaction'
import LoginNonce from '#models/login_nonce'
import User from '#models/user'
import type { AccountSettings } from '#accounts/account_settings'
import { issuedNonce } from '#accounts/login/login_message'
import { LoginRefused } from '#accounts/login/login_refused'
import type { LoginSite } from '#accounts/login/login_site'
import { proveWallet } from '#accounts/login/prove_wallet'
import { switchAllOn } from '#accounts/subscriptions'

interface Login {
  message: string
  signature: Hex
  site: LoginSite
  /** For an account that is made now. */
  language: string
  timeZone?: string
}

/**
 * Whose wallet signed a message that was issued here. The first login makes the account.
 *
 * @throws LoginRefused
 */
export async function logIn(login: Login, settings: AccountSettings, clock: Clock): Promise<User> {
  const { message, signature, site } = login
  const now = clock.now()
  const issued = await issuedNonce(message, { site, chainId: settings.chainId, now })
  const address = issued.walletAddress as Address
  await proveWallet({ address, message, signature }, settings)

  return writeTransaction(async (client) => {
    // Only now: while the chain was unreachable, the same signature may be sent again.
    await consume(client, issued.nonce, now)
    const account = await openAccount(client, address, login, now)
    return account.merge({ lastLoginAt: now }).save()
  })
}

async function consume(client: TransactionClientContract, nonce: string, now: number) {
  const unused = LoginNonce.query({ client }).where('nonce', nonce).whereNull('consumed_at')
  const [updated]: unknown[] = await unused.update({ consumed_at: now })
  if (Number(updated) !== 1) {
    throw new LoginRefused('used_nonce')
  }
}

const USERS: WrittenTable = {
  name: 'users',
  columns: {
    wallet_address: 'text',
    language: 'text',
    time_zone: 'text',
    created_at: 'bigint',
    updated_at: 'bigint',
  },
}

interface Beginning {
  language: string
  timeZone?: string
}

/** The account of a wallet (lower case), made when it is the wallet's first login. */
export async function openAccount(
  client: TransactionClientContract,
  wallet: string,
  { language, timeZone }: Beginning,
  now: number
): Promise<User> {
  // Inserted before it is read: of two first logins at once, the second finds what the first made.
  const row = { wallet_address: wallet, language, time_zone: timeZone }
  const made = await insertRows(client, USERS, [{ ...row, created_at: now, updated_at: now }])
  const account = await User.findByOrFail('wallet_address', wallet, { client })
  if (made > 0) {
    await switchAllOn(client, account.id, now)
  }
  return account
}
