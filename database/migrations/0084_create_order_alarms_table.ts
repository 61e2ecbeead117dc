import { BaseSchema } from '@adonisjs/lucid/schema'

/** Thresholds that are exceeded now, each with the alert that says so. */
export default class extends BaseSchema {
  protected tableName = 'order_alarms'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('kind', 32).notNullable().primary()
      table.bigInteger('since').notNullable()
      table.bigInteger('alert_id').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
