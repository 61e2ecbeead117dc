import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import settings from '#config/webhooks'
import { channels } from '#start/channels'
import { systemClock } from '#foundation/clock'
import { sendWebhooks } from '#webhooks/sending/send_webhooks'

const LOOK_EVERY_MS = 50

/** Runs the sender until the endpoint has accepted so many events. It goes on until the process ends. */
export async function sendLaunches(facts: number) {
  void sendWebhooks(settings, logger, new AbortController().signal, { channels })
  await untilAccepted(facts)
  return { jobs: facts }
}

/** Resolves when so many webhooks are accepted. */
export async function untilAccepted(wanted: number) {
  for (;;) {
    const [{ jobs }] = await db
      .from('delivery_stats')
      .where({ channel: 'webhook', outcome: 'accepted' })
      .sum('attempts as jobs')
    if (Number(jobs) >= wanted) return
    await systemClock.sleep(LOOK_EVERY_MS)
  }
}
