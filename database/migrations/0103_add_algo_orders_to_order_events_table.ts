import { BaseSchema } from '@adonisjs/lucid/schema'

/** Events of algo orders are named by `algo_id`; of other orders it says which algo order placed them. */
export default class extends BaseSchema {
  protected tableName = 'order_events'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.string('algo_id', 32).nullable()
      table.text('trigger_px').nullable()
      table.text('tp_trigger_px').nullable()
      table.text('sl_trigger_px').nullable()
    })
    this.schema.raw(
      "create index order_events_algo on order_events (account_id, algo_id) where change = 'algo'"
    )
  }

  async down() {
    this.schema.raw('drop index order_events_algo')
    this.schema.alterTable(this.tableName, (table) => {
      table.dropColumns('algo_id', 'trigger_px', 'tp_trigger_px', 'sl_trigger_px')
    })
  }
}
