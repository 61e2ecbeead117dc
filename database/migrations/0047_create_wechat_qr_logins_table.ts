import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Codes that users are shown to bind their WeChat, and how far each is. In the database, because the
 * process that asks iLink about a code may be another one than that which shows it.
 */
export default class extends BaseSchema {
  protected tableName = 'wechat_qr_logins'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id')
      table.string('state', 16).notNullable()
      // Both encrypted: whoever scans the code is bound to this user.
      table.text('qr_key').notNullable()
      table.text('content').notNullable()
      table.text('base_url').notNullable()
      // What the user has entered, until it was sent.
      table.string('digits', 16).nullable()
      table.integer('codes').notNullable().defaultTo(1)
      table.bigInteger('code_at').notNullable()
      // Which follower asks about it, and until when no other takes over.
      table.string('follower', 64).nullable()
      table.bigInteger('followed_until').notNullable().defaultTo(0)
      table.bigInteger('created_at').notNullable()
      table.bigInteger('ended_at').nullable()
      table.index(['user_id', 'created_at'])
    })

    this.schema.raw(
      `create unique index wechat_qr_logins_one_open on wechat_qr_logins (user_id)
       where ended_at is null`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
