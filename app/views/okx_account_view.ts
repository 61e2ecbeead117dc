import { warningsOf } from '#collectors/okx/accounts/warnings'
import { languageState } from '#http/language'
import type { Viewer } from '#http/viewer'
import type OkxAccount from '#models/okx_account'

/** An account as its owner sees it on a page. */
export function okxAccountView(account: OkxAccount, { locale, localTime }: Viewer) {
  const { t } = languageState(locale)
  const { id, label, uid, connection, reason, liveSince } = account
  return {
    id,
    label,
    uid,
    place: `${t(`okx.regions.${account.region}`)} · ${t(`okx.environments.${account.environment}`)}`,
    connection,
    state: t(`okx.connections.${connection}`),
    reason: reason && t(`okx.reasons.${reason}`),
    liveSince: liveSince === null ? null : localTime(liveSince),
    warnings: warningsOf(account).map((warning) => t(`okx.warnings.${warning}`)),
  }
}
