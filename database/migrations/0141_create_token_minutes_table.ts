import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the trades of each token come to in each minute of the last day. A window is the sum of its minutes. */
export default class extends BaseSchema {
  protected tableName = 'token_minutes'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('token_address', 42).notNullable()
      table.bigInteger('minute').notNullable()
      table.bigInteger('buys').notNullable()
      table.bigInteger('sells').notNullable()
      table.double('bnb').notNullable()
      table.double('usd').notNullable()
      table.primary(['token_address', 'minute'])
    })
    this.schema.raw('create index token_minutes_minute on token_minutes (minute)')
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
