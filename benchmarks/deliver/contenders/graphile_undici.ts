/**
 * The best that a queue in PostgreSQL does: graphile-worker as its manual tunes it, and undici. It
 * forgets a job that is done, so attempts are logged beside it, many together; not with BENCH_QUEUE_ALONE.
 */
import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import pg from 'pg'
import { Pool } from 'undici'
import { systemClock } from '#foundation/clock'
import { contend } from '#benchmarks/support/measure'
import { AttemptLog } from '#benchmarks/deliver/attempt_log'
import type { LoggedAttempt } from '#benchmarks/deliver/attempt_log'
import { launchEvent } from '#benchmarks/deliver/launch_row'
import { signedRequest } from '#benchmarks/deliver/signed_request'
import { warmUp } from '#benchmarks/deliver/warm_up'

const JOBS_AT_ONCE = 1000
const LOOK_EVERY_MS = 50

const count = Number(process.env.BENCH_FACTS)
const concurrency = Number(process.env.BENCH_CONCURRENCY)
const isAlone = Boolean(process.env.BENCH_QUEUE_ALONE)
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

const database = new pg.Client({ connectionString })
await database.connect()
await database.query(
  'create table attempts (event_id text, started_at bigint, duration_ms int, status int)'
)
let logged = 0
const log = new AttemptLog(async (attempts) => {
  await storeAttempts(attempts)
  logged += attempts.length
})

function storeAttempts(attempts: readonly LoggedAttempt[]) {
  return database.query(
    `insert into attempts
     select * from unnest($1::text[], $2::bigint[], $3::int[], $4::int[])`,
    [
      attempts.map(({ eventId }) => eventId),
      attempts.map(({ startedAt }) => startedAt),
      attempts.map(({ durationMs }) => durationMs),
      attempts.map(({ status }) => status),
    ]
  )
}

async function post(event: { id: string }) {
  const startedAt = Date.now()
  const options = { method: 'POST', path: '/', ...signedRequest(event) } as const
  const { statusCode, body } = await receiver.request(options)
  await body.dump()
  if (!isAlone) {
    const durationMs = Date.now() - startedAt
    log.add({ eventId: event.id, startedAt, durationMs, status: statusCode })
  }
  if (statusCode >= 300) {
    throw new Error(`The receiver answered ${statusCode}`)
  }
}

async function isAnyLeft(): Promise<boolean> {
  const { rows } = await database.query('select 1 from graphile_worker._private_jobs limit 1')
  return rows.length > 0
}

await contend(async (begin) => {
  let posted = 0
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
        await post(event as { id: string })
        if (++posted === warmUp) {
          begin()
        }
      },
    },
  })
  while ((await isAnyLeft()) || (!isAlone && logged < count)) {
    await systemClock.sleep(LOOK_EVERY_MS)
  }
  return { jobs: count - warmUp }
})
