import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Every message to WeChat, written before its request. Without a result it is not known what became
 * of it. Which events it tells of is said by `notification_jobs.message_id`.
 */
export default class extends BaseSchema {
  protected tableName = 'wechat_messages'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table
        .bigInteger('binding_id')
        .notNullable()
        .references('wechat_bot_bindings.id')
        .onDelete('CASCADE')
      table.string('client_id', 64).notNullable().unique()
      table.string('kind', 12).notNullable()
      table.integer('inbound_seq').notNullable()
      table.integer('events').notNullable().defaultTo(0)
      // Which try at its events this is.
      table.integer('attempt').notNullable().defaultTo(1)
      // Launches that it counts without naming them.
      table.integer('counted').notNullable().defaultTo(0)
      table.bigInteger('created_at').notNullable()
      table.bigInteger('answered_at').nullable()
      table.string('result', 12).nullable()
      table.string('server_message_id', 32).nullable()
      table.integer('ret').nullable()
      table.text('errmsg').nullable()
      table.index(['binding_id', 'id'])
      table.index('created_at')
    })

    this.schema.raw(
      `create index wechat_messages_open on wechat_messages (id) where result is null`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
