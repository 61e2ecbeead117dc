import type { Measured } from '#benchmarks/support/measure'
import { contender, onPostgres, onSqlite } from '#benchmarks/support/stage'
import { startReceiver } from '#benchmarks/deliver/start_receiver'
import { startRedis } from '#benchmarks/deliver/start_redis'

/** So many jobs on top of those that count. */
const WARM_UP_SHARE = 0.25

type Environment = Record<string, string>

/** What each contender measured, in the order of the turns; nothing where its server is missing. */
export type Contest = Record<keyof ReturnType<typeof contenders>, Measured[]>

/** Lets every contender send the same bodies, one after the other, in turns. */
export async function contest(folder: string, jobs: number, turns: number): Promise<Contest> {
  const receiver = await startReceiver()
  const redis = await startRedis()
  const warmUp = jobs * WARM_UP_SHARE
  const task = {
    BENCH_RECEIVER: receiver.url,
    BENCH_FACTS: String(jobs + warmUp),
    BENCH_WARM_UP: String(warmUp),
    BENCH_ENDPOINTS: '1',
  }
  const all = Object.entries(contenders(folder, task, redis?.url))
  const measured = Object.fromEntries(all.map(([name]) => [name, [] as Measured[]])) as Contest
  try {
    for (let turn = 0; turn < turns; turn++) {
      for (const [name, run] of all) {
        const result = await run()
        measured[name as keyof Contest].push(...(result ? [result] : []))
      }
    }
  } finally {
    await redis?.stop()
    receiver.stop()
  }
  return measured
}

function contenders(folder: string, task: Environment, redisUrl?: string) {
  const drain = async (environment: Environment) => {
    await contender('deliver', 'fill', { ...task, ...environment })
    return contender('deliver', 'regou', { ...task, ...environment })
  }
  const onSqliteWith = (synchronous: string) =>
    onSqlite(folder, (sqlite) => drain({ ...sqlite, BENCH_SYNCHRONOUS: synchronous }))
  const bullmq = (environment: Environment) => async () =>
    redisUrl
      ? onSqlite(folder, (sqlite) =>
          contender('deliver', 'bullmq_fetch', {
            ...task,
            ...sqlite,
            ...environment,
            BENCH_REDIS: redisUrl,
          })
        )
      : null
  const graphile = (environment: Environment) => () =>
    onPostgres((postgres) =>
      contender('deliver', 'graphile_undici', { ...task, ...postgres, ...environment })
    )
  const alone = { BENCH_QUEUE_ALONE: 'true' }

  return {
    'regou': () => onSqliteWith('FULL'),
    'regou, synchronous NORMAL': () => onSqliteWith('NORMAL'),
    'undici_dispatch': () => contender('deliver', 'undici_dispatch', task),
    'bullmq_fetch': bullmq({}),
    'bullmq_fetch, queue alone': bullmq(alone),
    'regou on PostgreSQL': () => onPostgres(drain),
    'graphile_undici': graphile({}),
    'graphile_undici, queue alone': graphile(alone),
  }
}
