import type { PushHealthFigures } from '#health/figures'
import { silenceLevel, type HealthFinding } from '#health/finding'
import type { PushHealthSettings } from '#health/settings'

/**
 * What says that accounts at OKX are not followed, that something is missing of them, or that orders and
 * their verifications are left alone, at `now` (epoch milliseconds). While OKX is closed as it has
 * announced, its accounts are not missed.
 */
export function okxTrouble(
  { collectors: { okx }, orders }: PushHealthFigures,
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  const found: HealthFinding[] = []
  const level = (since: number | null) => since !== null && silenceLevel(now - since, settings)

  const silence = level(okx.silent.since)
  if (silence) {
    const { accounts, since } = okx.silent
    found.push({ name: 'okx_silent', level: silence, accounts, silent_ms: now - since! })
  }
  if (okx.refused > 0) {
    found.push({ name: 'okx_refused', level: 'degraded', accounts: okx.refused })
  }
  if (okx.incomplete > 0) {
    found.push({ name: 'okx_incomplete', level: 'degraded', accounts: okx.incomplete })
  }
  const { accounts, since } = okx.unaudited
  // One that is not followed is not audited either, which was said.
  if (since !== null && !silence) {
    found.push({ name: 'okx_audit_silent', level: 'degraded', accounts, silent_ms: now - since })
  }
  const unwatched = level(orders.overdue_since)
  if (unwatched) {
    const waiting = { orders: orders.overdue, silent_ms: now - orders.overdue_since! }
    found.push({ name: 'orders_unwatched', level: unwatched, ...waiting })
  }
  const waiting = level(orders.verifications_since)
  if (waiting) {
    const jobs = { jobs: orders.verifications, silent_ms: now - orders.verifications_since! }
    found.push({ name: 'verifications_waiting', level: waiting, ...jobs })
  }
  return found
}
