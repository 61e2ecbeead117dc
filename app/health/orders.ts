import db from '@adonisjs/lucid/services/db'

/** What waits for monitor:orders and verify:orders, and since when (epoch milliseconds). */
export interface OrdersWaiting {
  /** Announced or open orders whose time is over, which the monitor has not looked at. */
  overdue: number
  overdue_since: number | null
  /** Verifications whose turn has come, and attempts at one that took too long. */
  verifications: number
  verifications_since: number | null
}

const HEARD = ['live', 'handover']

/** @param now epoch milliseconds */
export async function readOrdersWaiting(now: number): Promise<OrdersWaiting> {
  const [orders] = await db
    .from('orders')
    .whereIn('status', ['pending', 'confirmed'])
    .where('deadline', '<=', now)
    // Of an account that is not heard the monitor decides nothing.
    .whereIn('account_id', db.from('okx_accounts').whereIn('connection', HEARD).select('id'))
    .count('* as waiting')
    .min('deadline as since')
  const jobs = await Promise.all([
    overdueJobs('pending', 'due_at', now),
    overdueJobs('in_progress', 'deadline', now),
  ])
  const since = jobs.flatMap((one) => one.since ?? [])
  return {
    overdue: Number(orders.waiting),
    overdue_since: orders.since === null ? null : Number(orders.since),
    verifications: jobs.reduce((sum, { waiting }) => sum + waiting, 0),
    verifications_since: since.length > 0 ? Math.min(...since) : null,
  }
}

async function overdueJobs(state: string, column: 'due_at' | 'deadline', now: number) {
  const [row] = await db
    .from('verification_jobs')
    .where('state', state)
    .where(column, '<=', now)
    .count('* as waiting')
    .min(`${column} as since`)
  return { waiting: Number(row.waiting), since: row.since === null ? null : Number(row.since) }
}
