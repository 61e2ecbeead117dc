import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'

const APP_ROOT = new URL('../../', import.meta.url)

/** In a contender: the real application, with the tables of its database made or up to date. */
export async function boot() {
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
  // Two senders of one database start together, and neither finds anything to do.
  await new MigrationRunner(db, app, { direction: 'up', disableLocks: true }).run()
  return app
}
