import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { raiseAlert } from '#delivery/alerts'
import type { OrdersAlertKind } from '#facts/push_alert'
import OkxAccount from '#models/okx_account'
import { readCounts } from '#orders/counts'
import { LOOKBACK_MS, readMetrics } from '#orders/metrics'

/** Above each of these an alert is open. They are those of the original specification. */
export interface OrderThresholds {
  /** Percent of events that fail. */
  errorRate: number
  /** Seconds. */
  processingTime: number
  pendingOrders: number
  /** Attempts at a verification that took too long, in an hour. */
  verificationTimeouts: number
}

/** Fewer events make no rate: one that fails of two would be half of them. */
const FEWEST_EVENTS = 20

type Alarm = Exclude<OrdersAlertKind, 'orders.recovered'>

interface Reading {
  kind: Alarm
  value: number | null
  limit: number
  words: string
}

/**
 * Opens an alert for each threshold that is exceeded, once, and closes it when it is not any more.
 * While a maintenance that OKX has announced holds accounts up, none is opened.
 */
export async function checkThresholds(thresholds: OrderThresholds, clock: Clock): Promise<void> {
  const readings = await readAll(thresholds, clock)
  const isMuted = await inMaintenance()
  await writeTransaction(async (trx) => {
    const rows = await trx.from('order_alarms').select('kind', 'alert_id')
    const open = new Map<string, number>(rows.map((row) => [row.kind, Number(row.alert_id)]))
    for (const reading of readings) {
      const isExceeded = reading.value !== null && reading.value > reading.limit
      const alertId = open.get(reading.kind)
      if (isExceeded && alertId === undefined && !isMuted) {
        await openAlarm(trx, reading, clock.now())
      } else if (!isExceeded && alertId !== undefined) {
        await closeAlarm(trx, reading, alertId, clock.now())
      }
    }
  })
}

async function readAll(thresholds: OrderThresholds, clock: Clock): Promise<Reading[]> {
  const { errorRate, processingTime, pendingOrders, verificationTimeouts } = thresholds
  const metrics = await readMetrics(clock)
  const { received, timedOut } = await readCounts(clock.now() - LOOKBACK_MS)
  return [
    {
      kind: 'orders.error_rate',
      value: received >= FEWEST_EVENTS ? metrics.error_rate : null,
      limit: errorRate,
      words: '% of the events of orders fail',
    },
    {
      kind: 'orders.processing_time',
      value: metrics.average_processing_time,
      limit: processingTime,
      words: ' s is what an event of an order takes',
    },
    {
      kind: 'orders.pending',
      value: metrics.orders_pending_count,
      limit: pendingOrders,
      words: ' orders wait for the venue to show them',
    },
    {
      kind: 'orders.verification_timeouts',
      value: timedOut,
      limit: verificationTimeouts,
      words: ' verifications took too long within an hour',
    },
  ]
}

async function inMaintenance(): Promise<boolean> {
  const account = await OkxAccount.query()
    .where({ status: 'active', reason: 'maintenance' })
    .select('id')
    .first()
  return account !== null
}

async function openAlarm(
  trx: TransactionClientContract,
  { kind, value, limit, words }: Reading,
  now: number
) {
  // Of two processes at once, one opens it.
  const [taken] = await trx
    .knexQuery()
    .table('order_alarms')
    .insert({ kind, since: now, alert_id: 0 })
    .onConflict('kind')
    .ignore()
    .returning('kind')
  if (!taken) {
    return
  }
  const message = `${rounded(value!)}${words}: more than ${limit}. See /operator/orders`
  const alertId = await raiseAlert(trx, { kind, since: now, message }, now)
  await trx.from('order_alarms').where({ kind }).update({ alert_id: alertId })
}

async function closeAlarm(
  trx: TransactionClientContract,
  { kind, value, limit, words }: Reading,
  alertId: number,
  now: number
) {
  const closed = await trx.from('order_alarms').where({ kind }).delete()
  if (Number(closed) !== 1) {
    return
  }
  await trx
    .from('push_alerts')
    .where('id', alertId)
    .whereNull('acknowledged_at')
    .update({ acknowledged_at: now })
  const state = value === null ? 'Too few events for a rate' : `${rounded(value)}${words}`
  const message = `${state}: not more than ${limit} any more (${kind})`
  await raiseAlert(trx, { kind: 'orders.recovered', since: now, message, isForOwner: true }, now)
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10)
}
