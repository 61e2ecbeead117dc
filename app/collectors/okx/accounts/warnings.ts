import type OkxAccount from '#models/okx_account'

/**
 * What the owner of a key should know:
 *
 * - `may_trade`, `may_withdraw`  it can do more than read, which nothing here needs
 * - `unbound`                    it can do more, and is bound to no IP address: OKX deletes such a key when it was
 *                                not used for 14 days
 * - `report_mode`                sums of multi-currency and portfolio margin are reported, not repaired
 */
export type OkxWarning = 'may_trade' | 'may_withdraw' | 'unbound' | 'report_mode'

type Known = Pick<OkxAccount, 'permissions' | 'accountLevel'> & { boundTo?: string }

/** Multi-currency margin, and portfolio margin. */
const REPORTED_LEVELS = ['3', '4']

/** @param boundTo the addresses that the key is bound to, where OKX has just said it */
export function warningsOf({ permissions, accountLevel, boundTo }: Known): OkxWarning[] {
  const may = permissions?.split(',') ?? []
  const mayMore = may.includes('trade') || may.includes('withdraw')
  return [
    ...(may.includes('trade') ? (['may_trade'] as const) : []),
    ...(may.includes('withdraw') ? (['may_withdraw'] as const) : []),
    ...(mayMore && boundTo === '' ? (['unbound'] as const) : []),
    ...(REPORTED_LEVELS.includes(accountLevel ?? '') ? (['report_mode'] as const) : []),
  ]
}

/** In the words of commands and the API; pages have theirs in `resources/lang`. */
export const okxWarningWords: Record<OkxWarning, string> = {
  may_trade: 'The key may trade. Reading is all that is needed: make one that may only read',
  may_withdraw: 'The key may withdraw. Reading is all that is needed: make one that may only read',
  unbound:
    'The key may do more than read and is bound to no IP address: OKX deletes it after 14 days without use',
  report_mode:
    'In multi-currency and portfolio margin, sums that do not add up are reported and not repaired',
}
