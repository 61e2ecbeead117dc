import { BaseSchema } from '@adonisjs/lucid/schema'

/** Trades, by far the most rows, keep the room that they need when they come a few at a time. */
const TABLES = ['launch_events', 'pools', 'ocr_wallet_info']

/**
 * Half of a page, so that all facts of it can be marked at once and each of them there (a
 * "heap-only tuple"). With 15 % PostgreSQL wrote every index anew for four of five facts that were
 * marked in bulk, which was a third of what it did for a webhook.
 */
export default class extends BaseSchema {
  async up() {
    this.#leaveRoom(50)
  }

  async down() {
    this.#leaveRoom(85)
  }

  #leaveRoom(filled: number) {
    if (this.db.dialect.name === 'postgres') {
      for (const table of TABLES) {
        this.schema.raw(`alter table ${table} set (fillfactor = ${filled})`)
      }
    }
  }
}
