import type { Database } from '@adonisjs/lucid/database'
import type { Knex } from 'knex'
import { checkCommits } from '#foundation/db/checked_commits'
import { nameConnectFaults } from '#foundation/db/postgres_session'

/** Makes every connection of the database service report failures, from its first statement on. */
export function makeReliable({ manager }: Database) {
  const connect = manager.connect.bind(manager)
  const prepared = new WeakSet<Knex.Client>()

  manager.connect = (name) => {
    connect(name)
    const { client } = manager.get(name)!.connection!.client!
    if (!prepared.has(client)) {
      prepared.add(client)
      checkCommits(client)
      if (client.driverName === 'pg') {
        nameConnectFaults(client)
      }
    }
  }
}
