import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'

/** Makes all tables. The command would have Ace import every other one, and with them all of Regou. */
export function makeTables(connectionName?: string): Promise<void> {
  return migrate({ direction: 'up', dryRun: false, connectionName })
}

/** Takes all tables away: a database that is lent is left as it was. */
export function dropTables(connectionName?: string): Promise<void> {
  return migrate({ direction: 'down', batch: 0, dryRun: false, connectionName })
}

async function migrate(options: ConstructorParameters<typeof MigrationRunner>[2]) {
  const migrations = new MigrationRunner(db, app, options)
  await migrations.run()
  if (migrations.error) throw migrations.error
}
