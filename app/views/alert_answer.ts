import type PushAlert from '#models/push_alert'
import { alertLevel } from '#delivery/alerts'

/** An alert as programs read it. Times are epoch milliseconds. */
export function alertAnswer(alert: PushAlert) {
  return {
    id: alert.id,
    kind: alert.kind,
    alert_level: alertLevel(alert.kind),
    message: alert.message,
    since: alert.since,
    created_at: alert.createdAt,
    acknowledged_at: alert.acknowledgedAt,
    resolved_at: alert.resolvedAt,
  }
}
