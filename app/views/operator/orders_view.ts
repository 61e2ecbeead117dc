import OkxAccount from '#models/okx_account'
import type VerificationJob from '#models/verification_job'
import type { Viewer } from '#http/viewer'
import type { OrderMetrics } from '#orders/metrics'
import { QUEUE_NAMES, type QueueState } from '#verification/jobs/queues'

/** Accounts that are shown. */
const MOST_ACCOUNTS = 100

export function readAccounts(): Promise<OkxAccount[]> {
  return OkxAccount.query().whereNull('removed_at').orderBy('id').limit(MOST_ACCOUNTS)
}

interface Stored {
  metrics: OrderMetrics
  queues: QueueState[]
  jobs: VerificationJob[]
  failed: VerificationJob[]
  accounts: OkxAccount[]
}

/** What the operator sees of orders: figures, queues, and accounts without their keys. */
export function operatorOrders(
  { metrics, queues, jobs, failed, accounts }: Stored,
  { localTime, locale }: Viewer
) {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  return {
    metrics: Object.entries(metrics).map(([name, value]) => {
      return { name, value: value === null ? '–' : format.format(value) }
    }),
    queues: queues.map((queue) => ({
      ...queue,
      oldest: queue.oldest_at === null ? null : localTime(queue.oldest_at),
    })),
    jobs: jobs.map((job) => jobRow(job, localTime)),
    failed: failed.map((job) => jobRow(job, localTime)),
    accounts: accounts.map(({ label, environment, connection, reason, lastPushAt, ownerId }) => ({
      label,
      environment,
      connection,
      reason,
      isOfUser: ownerId !== null,
      look: connection === 'live' || connection === 'handover' ? 'done' : 'waiting',
      lastPush: lastPushAt === null ? null : localTime(lastPushAt),
    })),
  }
}

function jobRow(job: VerificationJob, localTime: Viewer['localTime']) {
  const { jobUid, orderId, state, attempts, errorCode, dueAt, endedAt, priority } = job
  const time = localTime(endedAt ?? dueAt)
  return { jobUid, orderId, state, attempts, errorCode, queue: QUEUE_NAMES[priority], time }
}
