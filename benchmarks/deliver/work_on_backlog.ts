import logger from '@adonisjs/core/services/logger'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import settings from '#config/webhooks'
import { JobQueue } from '#delivery/queue/job_queue'
import { channels } from '#start/channels'
import { sendWebhooks } from '#webhooks/sending/send_webhooks'
import { systemClock } from '#foundation/clock'
import { leaseOwner } from '#foundation/db/lease_owner'
import { writeTransaction } from '#foundation/db/transaction'
import { median } from '#benchmarks/support/measure'

const CLAIMS = 30
const JOBS_PER_TARGET = 10
const LEASE_MS = 60_000

/** How often what was sent waits again, and how often in all: the sender's memory has settled by then. */
const PUT_BACK_EVERY_MS = 50
const PUT_BACK_TIMES = 160

/** Answers how long it takes to see what is due and to claim and give back some of it. */
export async function workOnBacklog() {
  const queue = new JobQueue('webhook', leaseOwner(), systemClock)
  const times: number[] = []
  for (let turn = 0; turn < CLAIMS; turn++) {
    const startedAt = performance.now()
    const nextDue = await queue.nextDue()
    const requests = [...nextDue.keys()].map((targetId) => ({
      targetId,
      jobClass: 'first' as const,
      limit: JOBS_PER_TARGET,
    }))
    const jobs = await queue.claim(requests, LEASE_MS)
    times.push(performance.now() - startedAt)
    await queue.release(jobs)
  }

  const stopping = new AbortController()
  const running = sendWebhooks(settings, logger, stopping.signal, { channels })
  await keepBacklog()
  stopping.abort()
  await running
  return { claimMs: median(times) }
}

/** A sender with little to do needs little memory: only one that never runs out shows what a backlog adds. */
async function keepBacklog() {
  let seen = 0
  for (let turn = 0; turn < PUT_BACK_TIMES; turn++) {
    await systemClock.sleep(PUT_BACK_EVERY_MS)
    seen = await writeTransaction((trx) => putBack(trx, seen))
  }
}

/** Lets wait again what was sent since an attempt; answers the last one. */
async function putBack(trx: TransactionClientContract, seen: number): Promise<number> {
  const sent = trx.from('delivery_attempts').where('id', '>', seen)
  const [{ last }] = await sent.clone().max('id as last')
  await trx
    .from('notification_jobs')
    .whereIn('id', sent.where('id', '<=', last ?? 0).select('job_id'))
    .update({ status: 'pending', attempts: 0 })
  return Number(last ?? seen)
}
