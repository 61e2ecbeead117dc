import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import User from '#models/user'
import { switchAllOn } from '#accounts/subscriptions'

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
