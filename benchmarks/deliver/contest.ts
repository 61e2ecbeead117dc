import type { Measured } from '#benchmarks/support/measure'
import { contender, onPostgres, onSqlite } from '#benchmarks/deliver/stage'
import { startReceiver } from '#benchmarks/deliver/start_receiver'
import { startRedis } from '#benchmarks/deliver/start_redis'

/** What each contender measured, in the order of the turns; nothing where its server is missing. */
export type Contest = Record<Contender, Measured[]>

type Contender =
  | 'regou'
  | 'regou, synchronous NORMAL'
  | 'undici_dispatch'
  | 'bullmq_fetch'
  | 'regou on PostgreSQL'
  | 'graphile_undici'

/** Lets every contender send the same bodies, one after the other, in turns. */
export async function contest(folder: string, jobs: number, turns: number): Promise<Contest> {
  const receiver = await startReceiver()
  const redis = await startRedis()
  const task = { BENCH_RECEIVER: receiver.url, BENCH_FACTS: String(jobs), BENCH_ENDPOINTS: '1' }
  const drain = async (environment: Record<string, string>) => {
    await contender('fill', { ...task, ...environment })
    return contender('regou', { ...task, ...environment })
  }
  const synchronous = (mode: string) =>
    onSqlite(folder, (sqlite) => drain({ ...sqlite, BENCH_SYNCHRONOUS: mode }))

  const measured: Contest = {
    'regou': [],
    'regou, synchronous NORMAL': [],
    'undici_dispatch': [],
    'bullmq_fetch': [],
    'regou on PostgreSQL': [],
    'graphile_undici': [],
  }
  for (let turn = 0; turn < turns; turn++) {
    measured['undici_dispatch'].push(await contender('undici_dispatch', task))
    measured['regou'].push(await synchronous('FULL'))
    measured['regou, synchronous NORMAL'].push(await synchronous('NORMAL'))
    if (redis) {
      const environment = { ...task, BENCH_REDIS: redis.url }
      measured['bullmq_fetch'].push(await contender('bullmq_fetch', environment))
    }
    measured['regou on PostgreSQL'].push(await onPostgres(drain))
    measured['graphile_undici'].push(
      await onPostgres((postgres) => contender('graphile_undici', { ...task, ...postgres }))
    )
  }
  await redis?.stop()
  receiver.stop()
  return measured
}
