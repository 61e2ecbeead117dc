import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import { measure } from '#benchmarks/support/measure'
import { startPostgres } from '#tests/support/postgres'

type Environment = Record<string, string>

/**
 * Runs a contender of a benchmark of senders, with the settings that all of them share.
 *
 * @param onReady is called when the contender says that what counts can begin
 */
export function contender(
  bench: 'deliver' | 'wechat',
  name: string,
  environment: Environment,
  onReady?: () => void
) {
  const settings = {
    NODE_ENV: 'production',
    LOG_LEVEL: 'fatal',
    BENCH_CONCURRENCY: '64',
    WEBHOOK_URLS: '',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    ...environment,
  }
  const file = `benchmarks/${bench}/contenders/${name}.ts`
  return measure(file, settings, 'regou-sender', onReady)
}

/** Gives `work` the settings of an empty SQLite file, which is gone afterwards. */
export async function onSqlite<T>(folder: string, work: (environment: Environment) => Promise<T>) {
  const path = join(folder, 'regou.sqlite')
  try {
    return await work({ DB_CONNECTION: 'sqlite', DATABASE_PATH: path })
  } finally {
    await Promise.all(['', '-wal', '-shm'].map((end) => rm(path + end, { force: true })))
  }
}

/** Gives `work` the settings of an empty PostgreSQL of its own, which ends afterwards. */
export async function onPostgres<T>(work: (environment: Environment) => Promise<T>) {
  const postgres = await startPostgres({ isDurable: true })
  try {
    return await work({ DB_CONNECTION: 'pg', DATABASE_URL: postgres.url })
  } finally {
    await postgres.stop()
  }
}
