import { BaseSchema } from '@adonisjs/lucid/schema'

/** What was answered to requests that carry an idempotency key, for 24 hours. */
export default class extends BaseSchema {
  protected tableName = 'idempotency_store'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      // Who asks: keys of two callers are two.
      table.string('scope', 32).notNullable()
      table.string('key', 255).notNullable()
      table.string('request_hash', 64).notNullable()
      // Null while the request is under way.
      table.integer('status_code').nullable()
      table.text('response').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('expires_at').notNullable().index()
      table.unique(['scope', 'key'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
