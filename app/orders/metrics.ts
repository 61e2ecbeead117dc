import type { Clock } from '#foundation/clock'
import Order from '#models/order'
import VerificationJob from '#models/verification_job'
import { readCounts } from '#orders/counts'

/** How much of the past rates and averages look at, in milliseconds. */
export const LOOKBACK_MS = 3_600_000

/** Under the names of the original specification; rate and average are null where nothing happened. */
export interface OrderMetrics {
  events_received_total: number
  events_processed_total: number
  events_failed_total: number
  orders_pending_count: number
  verification_jobs_active: number
  /** Seconds from when something was known until it was processed, over the last hour. */
  average_processing_time: number | null
  /** Percent of what came within the last hour. */
  error_rate: number | null
}

export async function readMetrics(clock: Clock): Promise<OrderMetrics> {
  const [all, lately, pending, active] = await Promise.all([
    readCounts(),
    readCounts(clock.now() - LOOKBACK_MS),
    countOf(Order.query().where('status', 'pending')),
    countOf(VerificationJob.query().where('state', 'in_progress')),
  ])
  return {
    events_received_total: all.received,
    events_processed_total: all.processed,
    events_failed_total: all.failed,
    orders_pending_count: pending,
    verification_jobs_active: active,
    average_processing_time: lately.timed > 0 ? lately.tookMs / lately.timed / 1000 : null,
    error_rate: lately.received > 0 ? (100 * lately.failed) / lately.received : null,
  }
}

async function countOf(query: ReturnType<typeof Order.query | typeof VerificationJob.query>) {
  const [row] = await query.count('* as total').pojo<{ total: number | string }>()
  return Number(row!.total)
}
