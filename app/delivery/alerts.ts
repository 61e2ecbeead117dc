import { Refusal } from '#foundation/errors'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { PlanAlertKind, PushAlertKind } from '#facts/push_alert'
import type { Clock } from '#foundation/clock'
import PushAlert from '#models/push_alert'

interface Alert {
  kind: Exclude<PushAlertKind, PlanAlertKind>
  /**
   * Without one the alert is about pushing as a whole, and the operator's alone. Of a target that is
   * no endpoint the id is null: receivers would take it for one's.
   */
  target?: { channel: string | null; id: number | null; ownerId: number | null }
  /** How people call the target, without a key that its URL may hold. */
  label?: string
  /** Only its owner can do something about it: it does not wait for the operator. */
  isForOwner?: boolean
  /** Since when it is so, in epoch milliseconds. Of one time a target has one alert of a kind. */
  since: number
  message: string
}

/**
 * Stores an alert, which the planner hands to those who asked for `push.alert`.
 *
 * @returns its id; null when it had been raised already
 */
export async function raiseAlert(
  trx: TransactionClientContract,
  { kind, target, label, isForOwner = false, since, message }: Alert,
  now: number
): Promise<number | null> {
  const [row] = await trx
    .knexQuery()
    .table('push_alerts')
    .insert({
      owner_id: target?.ownerId ?? null,
      kind,
      channel: target?.channel ?? null,
      endpoint_id: target?.id ?? null,
      endpoint: label?.slice(0, 500) ?? null,
      since,
      message,
      acknowledged_at: isForOwner ? now : null,
      event_time: now,
      created_at: now,
    })
    .onConflict()
    .ignore()
    .returning('id')
  return row ? Number(row.id) : null
}

/** Finds what the operator has not acknowledged; written as in the index. */
const OPEN = `acknowledged_at is null and kind not in ('plan.ending', 'plan.ended') and resolved_at is null`

/** The newest alerts for the operator that are not acknowledged yet. */
export function openAlerts(limit: number): Promise<PushAlert[]> {
  return PushAlert.query().whereRaw(OPEN).orderBy('id', 'desc').limit(limit)
}

/** The newest alerts for the operator, also those that are over or acknowledged. */
export function allAlerts(limit: number) {
  return PushAlert.query()
    .whereNotIn('kind', ['plan.ending', 'plan.ended'])
    .orderBy('id', 'desc')
    .limit(limit)
}

/** Alerts for the operator that are open, or those that are not, the newest first. */
export function listAlerts(
  state: 'open' | 'closed' | undefined,
  { before, limit }: { before?: number; limit: number }
): Promise<PushAlert[]> {
  const query = allAlerts(limit)
  if (state === 'open') query.whereRaw(OPEN)
  if (state === 'closed') query.whereRaw(`not (${OPEN})`)
  if (before) query.where('id', '<', before)
  return query
}

/** How bad it is what an alert tells of. */
export function alertLevel(kind: PushAlertKind): 'critical' | 'degraded' | 'info' {
  if (kind === 'health.critical' || kind === 'endpoint.disabled') return 'critical'
  return kind === 'orders.recovered' || kind.startsWith('plan.') ? 'info' : 'degraded'
}

/**
 * Notes that what alerts tell of is over: nothing waits for the operator any more.
 *
 * @param isWell whether pushing as a whole is well
 * @param now epoch milliseconds
 */
export async function resolveAlerts(
  client: TransactionClientContract,
  isWell: boolean,
  now: number
) {
  const unresolved = () => client.from('push_alerts').whereNull('resolved_at')
  if (isWell) {
    await unresolved()
      .whereIn('kind', ['health.degraded', 'health.critical'])
      .update({ resolved_at: now })
  }
  // One that is gone fails no more.
  await unresolved()
    .whereIn('kind', ['endpoint.failing', 'endpoint.disabled'])
    .where('channel', 'webhook')
    .whereNotExists((failing) =>
      failing
        .from('webhook_endpoints')
        .whereColumn('webhook_endpoints.id', 'push_alerts.endpoint_id')
        .where((bad) => bad.whereNotNull('failing_since').orWhereNot('state', 'active'))
        .select('webhook_endpoints.id')
    )
    .update({ resolved_at: now })
}

export async function countOpenAlerts(): Promise<number> {
  const [row] = await PushAlert.query()
    .whereRaw(OPEN)
    .count('* as alerts')
    .pojo<{ alerts: number }>()
  return Number(row!.alerts)
}

/**
 * Notes that the operator knows of an alert, so that it is no longer shown as open. Once is enough:
 * the first time stays.
 *
 * @param id as people type it
 * @throws Refusal when there is none
 */
export async function acknowledgeAlert(id: string | number, clock: Clock): Promise<PushAlert> {
  const number = /^\d{1,15}$/.test(String(id)) ? Number(id) : 0
  await PushAlert.query()
    .where('id', number)
    .whereNull('acknowledged_at')
    .update({ acknowledged_at: clock.now() })

  const alert = await PushAlert.find(number)
  if (!alert) {
    throw new Refusal('unknown', 'unknown_alert', `There is no alert ${id}`)
  }
  return alert
}
