import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import settings from '#config/webhooks'
import { channels } from '#start/channels'
import { sendWebhooks } from '#webhooks/sending/send_webhooks'
import { systemClock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { percentile } from '#benchmarks/support/measure'
import { storeEndpoint } from '#benchmarks/deliver/fill_database'
import { launchRow } from '#benchmarks/deliver/launch_row'

const EVENTS = 24

/** Events that are not counted: connections are opened, and who is dead is found out. */
const WARM_UP = 8

/** No server listens there. */
const REFUSING = 'http://127.0.0.1:9'

/** Stores an event so often, in milliseconds: each is a burst of one request per endpoint. */
const EVERY_MS = 1000

/** Answers how long the live endpoints had to wait from planning to acceptance, at the 99th percentile. */
export async function sendToMany(live: number, dead: number) {
  for (let serial = 0; serial < live; serial++) {
    await storeEndpoint(`${process.env.BENCH_RECEIVER}/live/${serial}`)
  }
  for (let serial = 0; serial < dead; serial++) {
    const host = serial % 2 === 0 ? REFUSING : process.env.BENCH_RECEIVER
    await storeEndpoint(`${host}/hang/${serial}`)
  }

  return { p99Ms: await sendAndWait(live) }
}

/**
 * Has a sender send events to all endpoints that are stored; answers how long the live ones had to
 * wait from planning to acceptance, in milliseconds, at the 99th percentile.
 *
 * @param before how many launches are stored already
 */
export async function sendAndWait(live: number, before = 0): Promise<number> {
  const stopping = new AbortController()
  const running = sendWebhooks(settings, logger, stopping.signal, { channels })
  for (let serial = before + 1; serial <= before + EVENTS; serial++) {
    await writeTransaction((trx) => trx.table('launch_events').insert(launchRow(serial)))
    await systemClock.sleep(EVERY_MS)
  }
  const p99Ms = await liveDelay(live, before + WARM_UP)
  stopping.abort()
  await running
  return p99Ms
}

/** @param after events up to this one are not counted */
async function liveDelay(live: number, after: number): Promise<number> {
  const rows = await db
    .from('notification_jobs')
    .whereIn(
      'target_id',
      db.from('webhook_endpoints').where('url', 'like', '%/live/%').select('id')
    )
    .where('fact_id', '>', after)
    .select('created_at', 'sent_at')
  if (rows.length !== live * (EVENTS - WARM_UP)) {
    throw new Error(`There are ${rows.length} jobs of ${live} live endpoints`)
  }
  const delays = rows.map((row) => Number(row.sent_at ?? Infinity) - Number(row.created_at))
  return percentile(
    delays.toSorted((a, b) => a - b),
    0.99
  )
}
