import db from '@adonisjs/lucid/services/db'
import type { PushHealthSettings } from '#health/settings'

const MINUTE = 60_000

export const HEALTH_SETTINGS: PushHealthSettings = {
  isPushing: true,
  isWechat: true,
  isTelegram: true,
  isScanning: false,
  chainId: 56,
  lookbackMs: 60 * MINUTE,
  settleMs: MINUTE,
  coverage: { degradedBelow: 0.95, criticalBelow: 0.5 },
  silence: { degradedMs: MINUTE, criticalMs: 10 * MINUTE },
  backups: { folder: '/nowhere', oldestMs: 26 * 60 * MINUTE },
  stuckMs: 5 * MINUTE,
  backlogMs: 5 * MINUTE,
  slowMs: 10_000,
  behindBlocks: 200,
  untimelyMs: MINUTE,
  withoutLogs: { degradedBlocks: 2_000, criticalBlocks: 8_000 },
  pollMs: 5_000,
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

/** Stores what a process last said: it is at work, and was started an hour before, unless told otherwise. */
export async function storeProcess(kind: string, beatAt: number, columns: object = {}) {
  await db.table('process_heartbeats').insert({
    kind,
    host: 'test',
    pid: ++serial,
    version: '0.1.0',
    started_at: beatAt - 60 * MINUTE,
    beat_at: beatAt,
    ...columns,
  })
}

/** How far chain 56 was read, and when. */
export async function storeCursor(updatedAt: number, columns: object = {}) {
  await db.table('scan_cursors').insert({
    name: 'chain:56',
    chain_id: 56,
    from_block: 70_000_000,
    block_number: 70_000_000,
    head_block: 70_000_000,
    updated_at: updatedAt,
    ...columns,
  })
}
