import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import settings from '#config/webhooks'
import { sendWebhooks } from '#delivery/send_webhooks'
import { inStage } from '#delivery/queue/stage'
import { systemClock } from '#foundation/clock'

const LOOK_EVERY_MS = 50

/** Runs the sender until no job is open, and answers how many jobs there are. */
export async function sendAll() {
  if (process.env.BENCH_SYNCHRONOUS) {
    await db.rawQuery(`pragma synchronous = ${process.env.BENCH_SYNCHRONOUS}`)
  }
  const stopping = new AbortController()
  const running = sendWebhooks(settings, logger, stopping.signal)
  while (await isOpen()) {
    await systemClock.sleep(LOOK_EVERY_MS)
  }
  stopping.abort()
  await running
  return { jobs: await sentJobs() }
}

/** Whether a job is waiting or under way; written as in the partial indexes, which only then are used. */
async function isOpen(): Promise<boolean> {
  for (const state of [...Object.values(inStage), `status = 'sending'`]) {
    if (await db.from('notification_jobs').whereRaw(state).select('id').first()) {
      return true
    }
  }
  return false
}

async function sentJobs(): Promise<number> {
  const [{ total }] = await db.from('notification_jobs').where('status', 'sent').count('* as total')
  return Number(total)
}
