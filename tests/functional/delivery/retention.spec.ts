import type { Skip } from '#models/reasons'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import OcrWallet from '#models/ocr_wallet'
import PushAlert from '#models/push_alert'
import Replay from '#models/replay'
import { Pruner } from '#delivery/retention'
import { storeWallets } from '#collectors/ocr/store_wallets'
import { toWalletRecord } from '#validators/ocr_wallets'
import { emptyDatabase } from '#tests/support/database'
import { attempts, jobs } from '#tests/support/delivery'
import { SettableClock } from '#tests/support/settable_clock'
import { someWallet } from '#tests/support/wallets'

const DAY = 86_400_000
const NOW = 1_780_000_000_000
const RETENTION = {
  settledMs: 7 * DAY,
  undeliveredMs: 30 * DAY,
  others: {
    ocr_wallet_info: { keptMs: 20 * DAY, since: 'created_at' },
    push_alerts: { keptMs: 30 * DAY, since: 'event_time' },
    replays: { keptMs: 30 * DAY, since: 'ended_at' },
  },
}

let serial = 0

/** A job as it stands `days` after its event was planned, with one attempt. */
async function storeJob(days: number, status: string, reason: Skip | null = null) {
  const job = {
    channel: 'webhook',
    target_id: 1,
    fact_type: 'launch',
    fact_id: ++serial,
    event_type: 'launch.created',
    event_id: `evt_${serial}`,
    status,
    next_attempt_at: 0,
    reason,
    created_at: NOW - days * DAY,
  }
  const client = db.connection().getWriteClient()
  const [{ id }] = await client.table('notification_jobs').insert(job).returning('id')
  await client.table('delivery_attempts').insert({
    job_id: id,
    channel: 'webhook',
    target_id: 1,
    attempt: 1,
    started_at: 0,
    duration_ms: 1,
    outcome: 'accepted',
  })
}

const kept = async () => {
  const rows = await jobs()
  return rows.map(({ status, created_at: at }) => `${status} ${(NOW - Number(at)) / DAY}`)
}

/** OCR wallet records as they were handed in `days` ago. */
async function storeRecords(days: number, count: number) {
  const then = new SettableClock(NOW - days * DAY)
  const records = Array.from({ length: count }, () =>
    toWalletRecord(someWallet({ wallet_code: `${days} days` }), { ip: '127.0.0.1', at: then.now() })
  )
  await storeWallets(records, { queueLimit: Infinity, expiryMs: 1 }, then)
}

function storeReplay(endpointId: number, endedAt: number | null) {
  const wish = { endpointId, kind: 'history', since: 0, until: 1, again: false } as const
  const life = {
    state: endedAt ? 'done' : 'running',
    nextStepAt: 0,
    createdAt: 0,
    endedAt,
  } as const
  return Replay.create({ ...wish, ...life, position: {}, added: 0, revived: 0 })
}

test.group('How long deliveries stay on record', (group) => {
  group.each.setup(() => emptyDatabase())

  const pruner = (clock: SettableClock) =>
    new Pruner({
      clock,
      retention: RETENTION,
      onFault: (error) => {
        throw error
      },
    })

  test('what can be replayed stays longer than what has arrived, and what waits stays', async ({
    assert,
  }) => {
    await storeJob(40, 'failed')
    await storeJob(40, 'pending')
    await storeJob(29, 'failed')
    await storeJob(8, 'skipped', 'target_disabled')
    await storeJob(8, 'skipped', 'filtered')
    await storeJob(8, 'sent')
    await storeJob(8, 'expired')
    await storeJob(6, 'sent')

    await pruner(new SettableClock(NOW)).prune()

    assert.deepEqual(await kept(), ['pending 40', 'failed 29', 'skipped 8', 'sent 6'])
    assert.lengthOf(await attempts(), 4)
  })

  test('more than one step at a time, and again as time goes by', async ({ assert }) => {
    for (let index = 0; index < 520; index++) {
      await storeJob(8, 'sent')
    }
    await storeJob(5, 'sent')
    const clock = new SettableClock(NOW)
    const pruning = pruner(clock)

    await pruning.prune()
    assert.deepEqual(await kept(), ['sent 5'])

    clock.pass(3 * DAY)
    await pruning.prune()
    assert.isEmpty(await kept())
  })

  test('records about people go after a time of their own, also when no target got them', async ({
    assert,
  }) => {
    await storeRecords(21, 1001)
    await storeRecords(19, 2)
    await db.from('ocr_wallet_info').where('id', '<', 100).update({ planned_at: NOW })

    await pruner(new SettableClock(NOW)).prune()

    const left = await OcrWallet.all()
    assert.deepEqual(
      left.map(({ walletCode }) => walletCode),
      ['19 days', '19 days']
    )
  })

  test('replays that ended and alerts go with what can be replayed', async ({ assert }) => {
    await storeReplay(1, NOW - 31 * DAY)
    await storeReplay(2, NOW - 29 * DAY)
    await storeReplay(3, null)
    for (const days of [31, 29]) {
      const at = NOW - days * DAY
      const ending = { kind: 'plan.ending', message: '', endsAt: at, eventTime: at } as const
      await PushAlert.create({ ...ending, ownerId: 1, since: 0, createdAt: at, webhookSent: false })
    }

    await pruner(new SettableClock(NOW)).prune()

    const replays = await Replay.query().orderBy('id')
    assert.deepEqual(
      replays.map(({ endpointId }) => endpointId),
      [2, 3]
    )
    const alerts = await PushAlert.all()
    assert.deepEqual(
      alerts.map(({ endsAt }) => endsAt),
      [NOW - 29 * DAY]
    )
  })
})
