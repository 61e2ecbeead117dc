import type { Clock } from '#foundation/clock'
import { Refusal } from '#foundation/errors'
import OkxAccount from '#models/okx_account'

/** All but the keys: what is shown has no use for them, and is shown too when they cannot be opened. */
export const WITHOUT_KEYS = [
  ...['id', 'owner_id', 'label', 'region', 'environment', 'uid', 'permissions', 'account_level'],
  ...['position_mode', 'status', 'connection', 'reason', 'detail', 'clock_offset', 'live_since'],
  ...['last_push_at', 'created_at', 'removed_at'],
]

/** The accounts of a user, or the operator's (null), in the order in which they were added. */
export function okxAccountsOf(ownerId: number | null): Promise<OkxAccount[]> {
  return OkxAccount.query()
    .select(WITHOUT_KEYS)
    .where({ ownerId })
    .whereNull('removed_at')
    .orderBy('id')
}

/** @param word its name or its number; @throws Refusal when its owner has no such account */
export async function findOkxAccount(ownerId: number | null, word: string): Promise<OkxAccount> {
  const accounts = await okxAccountsOf(ownerId)
  const found =
    accounts.find(({ label }) => label === word) ?? accounts.find(({ id }) => String(id) === word)
  if (!found) throw new Refusal('unknown', 'unknown_account', `There is no OKX account ${word}`)
  return found
}

/** Ends it and forgets its key. What is stored of it stays, and names it. */
export async function removeOkxAccount(account: OkxAccount, clock: Pick<Clock, 'now'>) {
  const at = clock.now()
  const noKey = { apiKey: null, secretKey: null, passphrase: null }
  await account.merge({ ...noKey, status: 'removed', removedAt: at, updatedAt: at }).save()
}
