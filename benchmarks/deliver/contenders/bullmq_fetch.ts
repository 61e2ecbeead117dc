/** What many would write first: a BullMQ worker that posts with fetch. */
import { Queue, Worker } from 'bullmq'
import { contend } from '#benchmarks/support/measure'
import { launchEvent } from '#benchmarks/deliver/launch_row'
import { signedRequest } from '#benchmarks/deliver/signed_request'
import { warmUp } from '#benchmarks/deliver/warm_up'

const JOBS_AT_ONCE = 1000

const count = Number(process.env.BENCH_FACTS)
const concurrency = Number(process.env.BENCH_CONCURRENCY)
const connection = { url: process.env.BENCH_REDIS!, maxRetriesPerRequest: null }

const queue = new Queue('webhooks', { connection })
await queue.obliterate({ force: true })
for (let first = 1; first <= count; first += JOBS_AT_ONCE) {
  const size = Math.min(JOBS_AT_ONCE, count - first + 1)
  await queue.addBulk(
    Array.from({ length: size }, (_, index) => ({
      name: 'post',
      data: launchEvent(first + index),
      opts: { attempts: 9, backoff: { type: 'exponential', delay: 5000 } },
    }))
  )
}

async function post(event: { id: string }) {
  const options = { method: 'POST', ...signedRequest(event) }
  const response = await fetch(process.env.BENCH_RECEIVER!, options)
  await response.text()
  if (!response.ok) {
    throw new Error(`The receiver answered ${response.status}`)
  }
}

await contend(async (begin) => {
  let done = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  const worker = new Worker('webhooks', (job) => post(job.data), { connection, concurrency })
  worker.on('completed', () => {
    done++
    if (done === warmUp) {
      begin()
    }
    if (done === count) {
      resolve()
    }
  })
  await promise
  return { jobs: count - warmUp }
})
