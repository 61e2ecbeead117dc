import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What users wrote, each message once: WeChat may hand one out again under another id, and some have
 * none. The text is kept for commands alone.
 */
export default class extends BaseSchema {
  protected tableName = 'wechat_inbound_messages'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table
        .bigInteger('binding_id')
        .notNullable()
        .references('wechat_bot_bindings.id')
        .onDelete('CASCADE')
      // An unsigned 64-bit number as text: it does not fit a number of JavaScript.
      table.string('message_id', 20).nullable()
      table.string('fingerprint', 64).notNullable()
      table.bigInteger('create_time_ms').notNullable()
      table.string('kind', 12).notNullable()
      table.text('command').nullable()
      table.bigInteger('received_at').notNullable()
      table.bigInteger('handled_at').nullable()
      table.unique(['binding_id', 'fingerprint'])
      table.index('received_at')
    })

    this.schema.raw(
      `create unique index wechat_inbound_messages_message on wechat_inbound_messages (binding_id, message_id)
       where message_id is not null`
    )
    this.schema.raw(
      `create index wechat_inbound_messages_unhandled on wechat_inbound_messages (binding_id, id)
       where handled_at is null`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
