import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { readOrdersWaiting } from '#health/orders'
import type { MetricSet } from '#metrics/metric_set'
import { readMetrics as readOrderMetrics } from '#orders/metrics'
import { queueStates } from '#verification/jobs/queues'

/** Payments and what they bought, orders, and their verification. */
export async function addBusinessMetrics(set: MetricSet, clock: Clock) {
  const now = clock.now()
  const count = async (table: string, where: object = {}) => {
    const [row] = await db.from(table).where(where).count('* as rows')
    return Number(row.rows)
  }

  const payments = await count('payments')
  const unassigned = await count('payments', { owner_id: null })
  set.gauge('regou_payments', 'Payments on record, and those of them that match no account.', [
    [{ assigned: 'yes' }, payments - unassigned],
    [{ assigned: 'no' }, unassigned],
  ])
  set.gauge('regou_payment_quotes_open', 'Prices that were asked for and are still open.', [
    [{}, await count('payment_quotes', { state: 'open' })],
  ])
  const plans = await db
    .from('entitlements')
    .where('ends_at', '>', now)
    .groupBy('plan')
    .select('plan')
    .count('* as users')
  set.gauge(
    'regou_entitled_users',
    'Users whose plan has not ended.',
    plans.map(({ plan, users }) => [{ plan }, Number(users)])
  )

  const orders = await readOrderMetrics(clock)
  const waiting = await readOrdersWaiting(now)
  set.counter('regou_order_events_total', 'Events of orders, by what became of them.', [
    [{ outcome: 'received' }, orders.events_received_total],
    [{ outcome: 'processed' }, orders.events_processed_total],
    [{ outcome: 'failed' }, orders.events_failed_total],
  ])
  set.gauge('regou_orders_pending', 'Orders that were announced and not shown yet.', [
    [{}, orders.orders_pending_count],
  ])
  set.gauge('regou_orders_overdue', 'Orders past their time that were not looked at.', [
    [{}, waiting.overdue],
  ])
  set.gauge('regou_order_processing_seconds', 'Average over the last hour.', [
    [{}, orders.average_processing_time],
  ])

  const queues = await queueStates()
  set.gauge('regou_verification_jobs', 'Verifications by queue and state.', [
    ...queues.map(({ name, length }) => [{ queue: name, state: 'waiting' }, length] as const),
    ...queues.map(
      ({ name, in_progress: n }) => [{ queue: name, state: 'in_progress' }, n] as const
    ),
  ])
  set.gauge('regou_verifications_overdue', 'Verifications whose turn has come and that wait.', [
    [{}, waiting.verifications],
  ])
}
