/**
 * What many would write first: a BullMQ worker that posts with fetch. What is planned in the
 * program's own database is handed to Redis, and what became of it is written back; with
 * BENCH_QUEUE_ALONE all is in Redis from the beginning, and nothing is written.
 */
import { Queue, Worker } from 'bullmq'
import { systemClock } from '#foundation/clock'
import { contend } from '#benchmarks/support/measure'
import { launchEvent } from '#benchmarks/deliver/launch_row'
import { Outbox } from '#benchmarks/deliver/outbox'
import { signedRequest } from '#benchmarks/deliver/signed_request'
import { warmUp } from '#benchmarks/deliver/warm_up'

const JOBS_AT_ONCE = 1000

/** How many wait in Redis: enough that the worker never waits for more. */
const MOST_IN_REDIS = 2000
const LOOK_EVERY_MS = 10

const count = Number(process.env.BENCH_FACTS)
const concurrency = Number(process.env.BENCH_CONCURRENCY)
const isAlone = Boolean(process.env.BENCH_QUEUE_ALONE)
const connection = { url: process.env.BENCH_REDIS!, maxRetriesPerRequest: null }

const outbox = new Outbox(process.env.DATABASE_PATH!)
outbox.plan(Array.from({ length: count }, (_, index) => launchEvent(index + 1)))

const queue = new Queue('webhooks', { connection })
await queue.obliterate({ force: true })
let handedOver = 0
if (isAlone) {
  while (await handOver()) {
    // Until all are in Redis.
  }
}

async function handOver(): Promise<boolean> {
  const events = outbox.take(JOBS_AT_ONCE)
  await queue.addBulk(
    events.map((event) => ({
      name: 'post',
      data: event,
      opts: { attempts: 9, backoff: { type: 'exponential', delay: 5000 } },
    }))
  )
  handedOver += events.length
  return events.length > 0
}

async function post(event: { id: string }) {
  const startedAt = Date.now()
  const options = { method: 'POST', ...signedRequest(event) }
  const response = await fetch(process.env.BENCH_RECEIVER!, options)
  await response.text()
  if (!isAlone) {
    const durationMs = Date.now() - startedAt
    outbox.settle({ eventId: event.id, startedAt, durationMs, status: response.status })
  }
  if (!response.ok) {
    throw new Error(`The receiver answered ${response.status}`)
  }
}

await contend(async (begin) => {
  let completed = 0
  const worker = new Worker('webhooks', (job) => post(job.data), { connection, concurrency })
  worker.on('completed', () => {
    if (++completed === warmUp) {
      begin()
    }
  })
  while (completed < count || (!isAlone && outbox.settled < count)) {
    const isWanted = handedOver < count && handedOver - completed < MOST_IN_REDIS
    await (isWanted ? handOver() : systemClock.sleep(LOOK_EVERY_MS))
  }
  return { jobs: count - warmUp }
})
