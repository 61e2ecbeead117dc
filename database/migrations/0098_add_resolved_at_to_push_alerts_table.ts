import { BaseSchema } from '@adonisjs/lucid/schema'

/** When what an alert tells of was over, in epoch milliseconds: nothing waits for an operator then. */
export default class extends BaseSchema {
  protected tableName = 'push_alerts'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.bigInteger('resolved_at').nullable()
    })
  }

  async down() {
    this.schema.raw(`alter table ${this.tableName} drop column resolved_at`)
  }
}
