import app from '@adonisjs/core/services/app'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import db from '@adonisjs/lucid/services/db'

/** Null when the database answers and has every table as this version expects it, else the reason. */
export async function whyNotReady(): Promise<string | null> {
  try {
    const migrations = await new MigrationRunner(db, app, { direction: 'up' }).getList()
    const pending = migrations.filter(({ status }) => status === 'pending')
    return pending.length > 0 ? `${pending.length} migrations have not run` : null
  } catch (error) {
    return `the database does not answer: ${(error as Error).message}`
  }
}
