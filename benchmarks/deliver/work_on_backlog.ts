import logger from '@adonisjs/core/services/logger'
import settings from '#config/webhooks'
import { JobQueue } from '#delivery/queue/job_queue'
import { sendWebhooks } from '#delivery/send_webhooks'
import { systemClock } from '#foundation/clock'
import { leaseOwner } from '#foundation/lease_owner'
import { median } from '#benchmarks/support/measure'

const CLAIMS = 30
const JOBS_PER_TARGET = 10
const LEASE_MS = 60_000

/** How long the sender works, in milliseconds: its memory has settled by then. */
const SEND_FOR_MS = 8000

/** Answers how long it takes to see what is due and to claim and give back some of it. */
export async function workOnBacklog() {
  const queue = new JobQueue('webhook', leaseOwner(), systemClock)
  const times: number[] = []
  for (let turn = 0; turn < CLAIMS; turn++) {
    const startedAt = performance.now()
    const agenda = await queue.agenda()
    const requests = [...agenda.keys()].map((targetId) => ({
      targetId,
      stage: 'new' as const,
      limit: JOBS_PER_TARGET,
    }))
    const jobs = await queue.claim(requests, LEASE_MS)
    times.push(performance.now() - startedAt)
    await queue.release(jobs)
  }

  const stopping = new AbortController()
  const running = sendWebhooks(settings, logger, stopping.signal)
  await systemClock.sleep(SEND_FOR_MS)
  stopping.abort()
  await running
  return { claimMs: median(times) }
}
