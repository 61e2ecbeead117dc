import { BaseSchema } from '@adonisjs/lucid/schema'

const TABLES = [
  ...['launch_events', 'pools', 'trades', 'ocr_wallet_info', 'push_alerts', 'payments'],
  ...['stake_records', 'delegate_records', 'unfreeze_ready_events', 'order_events', 'executions'],
  ...['position_events', 'balance_events', 'verification_events'],
]

/** Tables that are made now have the column from their beginning (`outboxColumns`). */
export default class extends BaseSchema {
  async up() {
    this.defer(async (db) => {
      for (const table of TABLES) {
        const columns = await db.knexQuery().table(table).columnInfo()
        if (!('webhook_outcome' in columns)) {
          await db.rawQuery(`alter table ${table} add column webhook_outcome varchar(8) null`)
        }
      }
    })
  }

  async down() {
    this.defer(async (db) => {
      for (const table of TABLES) {
        await db.rawQuery(`alter table ${table} drop column webhook_outcome`)
      }
    })
  }
}
