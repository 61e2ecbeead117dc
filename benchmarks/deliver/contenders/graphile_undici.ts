/** The best that a queue in PostgreSQL does: graphile-worker as its manual tunes it, and undici. */
import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import pg from 'pg'
import { Pool } from 'undici'
import { systemClock } from '#foundation/clock'
import { contend } from '#benchmarks/support/measure'
import { launchEvent } from '#benchmarks/deliver/launch_row'
import { signedRequest } from '#benchmarks/deliver/signed_request'
import { warmUp } from '#benchmarks/deliver/warm_up'

const JOBS_AT_ONCE = 1000
const LOOK_EVERY_MS = 50

const count = Number(process.env.BENCH_FACTS)
const concurrency = Number(process.env.BENCH_CONCURRENCY)
const connectionString = process.env.DATABASE_URL!
const receiver = new Pool(process.env.BENCH_RECEIVER!, { connections: concurrency })
const logger = new Logger(() => () => {})

const utils = await makeWorkerUtils({ connectionString, logger })
await utils.migrate()
for (let first = 1; first <= count; first += JOBS_AT_ONCE) {
  const size = Math.min(JOBS_AT_ONCE, count - first + 1)
  await utils.addJobs(
    Array.from({ length: size }, (_, index) => ({
      identifier: 'post',
      payload: launchEvent(first + index),
    }))
  )
}

async function post(event: unknown) {
  const options = { method: 'POST', path: '/', ...signedRequest(event as { id: string }) } as const
  const { statusCode, body } = await receiver.request(options)
  await body.dump()
  if (statusCode >= 300) {
    throw new Error(`The receiver answered ${statusCode}`)
  }
}

await contend(async (begin) => {
  let posted = 0
  const client = new pg.Client({ connectionString })
  await client.connect()
  await run({
    preset: {
      worker: {
        connectionString,
        logger,
        concurrentJobs: concurrency,
        maxPoolSize: 10,
        localQueue: { size: 500 },
        completeJobBatchDelay: 0,
      },
    },
    taskList: {
      post: async (event) => {
        await post(event)
        if (++posted === warmUp) {
          begin()
        }
      },
    },
  })
  const open = 'select 1 from graphile_worker._private_jobs limit 1'
  let waiting = await client.query(open)
  while (waiting.rows.length > 0) {
    await systemClock.sleep(LOOK_EVERY_MS)
    waiting = await client.query(open)
  }
  return { jobs: count - warmUp }
})
