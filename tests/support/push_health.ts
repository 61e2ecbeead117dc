import db from '@adonisjs/lucid/services/db'
import type { PushHealthSettings } from '#health/push/push_health_settings'

const MINUTE = 60_000

export const HEALTH_SETTINGS: PushHealthSettings = {
  isPushing: true,
  lookbackMs: 60 * MINUTE,
  settleMs: MINUTE,
  coverage: { degradedBelow: 0.95, criticalBelow: 0.5 },
  silence: { degradedMs: MINUTE, criticalMs: 10 * MINUTE },
  behindBlocks: 200,
  gapMs: 10 * MINUTE,
  retentionMs: 7 * 24 * 60 * MINUTE,
}

let serial = 0

/** Stores so many jobs that were planned at a time (epoch milliseconds) and are now in a state. */
export async function storeJobs(
  count: number,
  status: string,
  createdAt: number,
  columns: object = {}
) {
  const client = db.connection().getWriteClient()
  for (let left = count; left > 0; left--) {
    await client.table('notification_jobs').insert({
      channel: 'webhook',
      target_id: 1,
      fact_type: 'trade',
      fact_id: ++serial,
      event_type: 'trade.executed',
      event_id: `evt_${serial}`,
      status,
      next_attempt_at: createdAt,
      created_at: createdAt,
      ...columns,
    })
  }
}
