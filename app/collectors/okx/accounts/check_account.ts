import type { Clock } from '#foundation/clock'
import { isRefusal, type Refusal } from '#foundation/errors'
import OkxAccount from '#models/okx_account'
import type { OkxReason } from '#models/okx_reasons'
import { toldBy } from '#collectors/okx/accounts/add_account'
import { checkKey } from '#collectors/okx/accounts/check_key'
import { warningsOf, type OkxWarning } from '#collectors/okx/accounts/warnings'
import { OkxFailure } from '#collectors/okx/okx_failure'
import { keyOf, type OkxVenues } from '#collectors/okx/okx_venues'
import { okxReasonWords } from '#collectors/okx/reason_words'

export interface KeyCheck {
  isGood: boolean
  /** Why not. */
  reason: OkxReason | null
  message: string | null
  warnings: OkxWarning[]
}

/** Asks OKX again what the stored key opens, and keeps what it says. Changes nothing at OKX. */
export async function checkOkxAccount(
  venues: OkxVenues,
  { id }: OkxAccount,
  clock: Pick<Clock, 'now'>
): Promise<KeyCheck> {
  try {
    const account = await OkxAccount.findOrFail(id)
    const config = await checkKey(venues, account, keyOf(account))
    if (account.uid !== null && account.uid !== config.uid) return bad('other_account')
    await account.merge({ ...toldBy(config), updatedAt: clock.now() }).save()
    const warnings = warningsOf({ ...toldBy(config), boundTo: config.boundTo })
    return { isGood: true, reason: null, message: null, warnings }
  } catch (error) {
    if (error instanceof OkxFailure) return bad(error.kind)
    if (!isRefusal(error, 'okx_key_refused')) throw error
    return bad(reasonOf(error), error.message)
  }
}

function bad(reason: OkxReason, message: string = okxReasonWords[reason]): KeyCheck {
  return { isGood: false, reason, message, warnings: [] }
}

/** A key of another region is one that is unknown in its own. */
function reasonOf({ fault }: Refusal): OkxReason {
  return fault!.startsWith('region_') ? 'key_unknown' : (fault as OkxReason)
}
