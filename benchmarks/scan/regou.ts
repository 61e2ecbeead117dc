/** The contender: a real backfill through the real schema with all its indexes. */
import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import { contend } from '#benchmarks/support/measure'

const APP_ROOT = new URL('../../', import.meta.url)

const ignitor = new Ignitor(APP_ROOT, {
  importer: (path) => import(path.startsWith('.') ? new URL(path, APP_ROOT).href : path),
})
const app = ignitor
  .tap((it) => it.booting(() => import('#start/env') as never))
  .createApp('console')
await app.init()
await app.boot()

const { default: db } = await import('@adonisjs/lucid/services/db')
const { MigrationRunner } = await import('@adonisjs/lucid/migration')
await new MigrationRunner(db, app, { direction: 'up' }).run()

const { default: scannerConfig } = await import('#config/scanner')
const { default: sources } = await import('#config/sources')
const { systemClock } = await import('#foundation/clock')
const { Backfill } = await import('#scanner/backfill')
const { EndpointPool } = await import('#scanner/endpoints/endpoint_pool')

await contend(async () => {
  const backfill = new Backfill({
    ...scannerConfig,
    endpoints: new EndpointPool(scannerConfig.endpoints, 56, systemClock),
    sources,
    from: 1,
    to: Number(process.env.BENCH_BLOCKS),
    isDryRun: false,
    clock: systemClock,
  })
  for await (const progress of backfill.run(new AbortController().signal)) {
    progress satisfies object
  }

  const counts = await Promise.all(
    ['launch_events', 'trades'].map((table) => db.from(table).count('* as total'))
  )
  return { events: counts.reduce((sum, [row]) => sum + Number(row.total), 0) }
})
