import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import OkxAccount from '#models/okx_account'
import type { KeyPlace } from '#collectors/okx/accounts/check_key'
import type { OkxKey } from '#collectors/okx/rest/signature'

/** What the account of the environment is called. */
export const FIRST_ACCOUNT = 'environment'

/**
 * Makes the operator's account that the environment names, or gives it the key that stands there now.
 * OKX is not asked: its connection finds out whether the key is good.
 *
 * @param first null where the environment names none
 */
export async function ensureFirstAccount(
  first: (KeyPlace & OkxKey) | null,
  clock: Pick<Clock, 'now'>
) {
  if (first === null) return
  await writeTransaction(async (client) => {
    const accounts = await OkxAccount.query({ client })
      .where({ ownerId: null })
      .whereNull('removed_at')
    if (accounts.some((one) => hasKey(one, first))) return
    const known = accounts.find(({ label }) => label === FIRST_ACCOUNT)
    if (known) {
      await known.merge({ ...first, uid: null, updatedAt: clock.now() }).save()
      return
    }
    const times = { createdAt: clock.now(), updatedAt: clock.now() }
    await OkxAccount.create(
      { ...first, label: FIRST_ACCOUNT, ownerId: null, status: 'active', ...times },
      { client }
    )
  })
}

function hasKey(account: OkxAccount, key: OkxKey): boolean {
  return (['apiKey', 'secretKey', 'passphrase'] as const).every((one) => account[one] === key[one])
}
