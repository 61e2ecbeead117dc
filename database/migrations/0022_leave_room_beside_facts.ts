import { BaseSchema } from '@adonisjs/lucid/schema'

const TABLES = ['launch_events', 'pools', 'trades', 'ocr_wallet_info']

/**
 * Each fact is changed once more when everybody has it. With room on its page PostgreSQL changes
 * it there (a "heap-only tuple"); without, it writes every index of the table anew. SQLite changes
 * rows in place as it is.
 */
export default class extends BaseSchema {
  async up() {
    this.#leaveRoom('set (fillfactor = 85)')
  }

  async down() {
    this.#leaveRoom('reset (fillfactor)')
  }

  #leaveRoom(change: string) {
    if (this.db.dialect.name === 'postgres') {
      for (const table of TABLES) {
        this.schema.raw(`alter table ${table} ${change}`)
      }
    }
  }
}
