import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import settings from '#config/webhooks'
import { channels } from '#start/channels'
import { sendWebhooks } from '#webhooks/sending/send_webhooks'
import { systemClock } from '#foundation/clock'
import { warmUp } from '#benchmarks/deliver/warm_up'

const LOOK_EVERY_MS = 50

/**
 * Runs the sender until every job is accepted, and answers how many were after the warm-up. It goes
 * on until the process ends.
 */
export async function sendAll(begin: () => void) {
  if (process.env.BENCH_SYNCHRONOUS) {
    await db.rawQuery(`pragma synchronous = ${process.env.BENCH_SYNCHRONOUS}`)
  }
  const [{ total }] = await db.from('notification_jobs').count('* as total')
  void sendWebhooks(settings, logger, new AbortController().signal, { channels })

  const early = await accepted(warmUp)
  begin()
  return { jobs: (await accepted(Number(total))) - early }
}

/** Resolves with the number of accepted jobs once there are as many as asked for. */
async function accepted(wanted: number): Promise<number> {
  for (;;) {
    const [{ jobs }] = await db
      .from('delivery_stats')
      .where('outcome', 'accepted')
      .sum('attempts as jobs')
    if (Number(jobs) >= wanted) {
      return Number(jobs)
    }
    await systemClock.sleep(LOOK_EVERY_MS)
  }
}
