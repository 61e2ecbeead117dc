import { okxReasonWords } from '#collectors/okx/reason_words'
import { okxWarningWords, warningsOf, type OkxWarning } from '#collectors/okx/accounts/warnings'
import type { KeyCheck } from '#collectors/okx/accounts/check_account'
import type OkxAccount from '#models/okx_account'

/** An account at OKX as programs see it: never its key. Times are epoch milliseconds. */
export function okxAccountAnswer(account: OkxAccount, warnings = warningsOf(account)) {
  return {
    id: account.id,
    label: account.label,
    region: account.region,
    environment: account.environment,
    uid: account.uid,
    permissions: account.permissions?.split(',') ?? [],
    account_level: account.accountLevel,
    connection: account.connection,
    reason: account.reason,
    message: account.reason && okxReasonWords[account.reason],
    clock_offset_ms: account.clockOffset,
    live_since: account.liveSince,
    last_push_at: account.lastPushAt,
    created_at: account.createdAt,
    warnings: warnings.map(warningAnswer),
  }
}

/** What a check of a stored key found, as programs see it. */
export function keyCheckAnswer({ isGood, reason, message, warnings }: KeyCheck) {
  return { accepted: isGood, reason, message, warnings: warnings.map(warningAnswer) }
}

function warningAnswer(code: OkxWarning) {
  return { code, message: okxWarningWords[code] }
}
