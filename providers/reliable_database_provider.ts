import type { ApplicationService } from '@adonisjs/core/types'
import { makeReliable } from '#foundation/db/reliable_database'

export default class ReliableDatabaseProvider {
  constructor(protected app: ApplicationService) {}

  /** The database service is made before any connection, so none goes without. */
  register() {
    this.app.container.resolving('lucid.db', makeReliable)
  }
}
