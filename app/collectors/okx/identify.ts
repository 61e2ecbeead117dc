import type OkxAccount from '#models/okx_account'
import { isRefusedRow } from '#foundation/db/database_fault'
import { OkxFailure } from '#collectors/okx/okx_failure'
import type { OkxRest } from '#collectors/okx/rest/okx_rest'

/**
 * Asks which account a key opens and what it may do, and notes that. Facts name the account, so it
 * never becomes another one.
 *
 * @throws OkxFailure `other_account` when it is not the account that it was, or one that is watched already
 */
export async function identify(account: OkxAccount, rest: OkxRest) {
  const { uid, permissions, accountLevel, positionMode } = await rest.config()
  if (account.uid !== null && account.uid !== uid) {
    throw new OkxFailure('other_account', 'the key opens another account than before')
  }
  try {
    await account.merge({ uid, permissions, accountLevel, positionMode }).save()
  } catch (error) {
    if (!isRefusedRow(error)) throw error
    throw new OkxFailure('other_account', 'the key opens an account that is watched already')
  }
}
