import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { EndpointAlertKind, HealthAlertKind } from '#models/push_alert'
import type WebhookEndpoint from '#models/webhook_endpoint'

interface Alert {
  kind: EndpointAlertKind | HealthAlertKind
  /** Without one the alert is about pushing as a whole, and the operator's alone. */
  endpoint?: WebhookEndpoint
  /** How people call the endpoint, without a key that its URL may hold. */
  label?: string
  /** Since when it is so, in epoch milliseconds. Of one time an endpoint has one alert of a kind. */
  since: number
  message: string
}

/** Stores an alert, which the planner hands to those who asked for `push.alert`. */
export async function raiseAlert(
  trx: TransactionClientContract,
  { kind, endpoint, label, since, message }: Alert,
  now: number
): Promise<void> {
  await trx
    .knexQuery()
    .table('push_alerts')
    .insert({
      owner_id: endpoint?.ownerId ?? null,
      kind,
      endpoint_id: endpoint?.id ?? null,
      endpoint: label?.slice(0, 500) ?? null,
      since,
      message,
      event_time: now,
      created_at: now,
    })
    .onConflict()
    .ignore()
}
