import { okxReasonWords } from '#collectors/okx/reason_words'
import { okxWarningWords, warningsOf, type OkxWarning } from '#collectors/okx/accounts/warnings'
import type { KeyCheck } from '#collectors/okx/accounts/check_account'
import { languageState } from '#http/language'
import type { Viewer } from '#http/viewer'
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

/** An account as its owner sees it on a page. */
export function okxAccountView(account: OkxAccount, { locale, localTime }: Viewer) {
  const { t } = languageState(locale)
  const { id, label, uid, connection, reason, liveSince } = account
  return {
    ...{ id, label, uid },
    place: `${t(`okx.regions.${account.region}`)} · ${t(`okx.environments.${account.environment}`)}`,
    connection,
    state: t(`okx.connections.${connection}`),
    reason: reason && t(`okx.reasons.${reason}`),
    liveSince: liveSince === null ? null : localTime(liveSince),
    warnings: warningsOf(account).map((warning) => t(`okx.warnings.${warning}`)),
  }
}

function warningAnswer(code: OkxWarning) {
  return { code, message: okxWarningWords[code] }
}
