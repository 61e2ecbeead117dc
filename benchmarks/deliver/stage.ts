import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import { measure } from '#benchmarks/support/measure'
import { startPostgres } from '#tests/support/postgres'

const CONTENDERS = 'benchmarks/deliver/contenders'

type Environment = Record<string, string>

/** Runs a contender of this benchmark with the settings that all of them share. */
export function contender(name: string, environment: Environment) {
  const settings = {
    NODE_ENV: 'production',
    LOG_LEVEL: 'fatal',
    BENCH_CONCURRENCY: '64',
    WEBHOOK_URLS: '',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    ...environment,
  }
  return measure(`${CONTENDERS}/${name}.ts`, settings, 'regou-sender')
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
