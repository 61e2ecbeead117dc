import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * A bot in a user's own WeChat. A binding that ended keeps its row, as its token is needed when the
 * user scans again; of those in use there is one for each user and one for each person in WeChat.
 */
export default class extends BaseSchema {
  protected tableName = 'wechat_bot_bindings'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id')
      table.string('user_wx_id', 128).notNullable()
      table.string('bot_id', 128).notNullable()
      table.string('account_id', 128).notNullable()
      table.text('bot_token').notNullable()
      table.text('base_url').notNullable()
      table.string('status', 12).notNullable().defaultTo('active')
      table.string('reason', 24).nullable()
      table.text('detail').nullable()
      table.bigInteger('bound_at').notNullable()
      table.bigInteger('ended_at').nullable()

      // Which process polls it (while its row in wechat_pollers lasts), and with which number.
      table.string('poll_owner', 64).nullable()
      table.integer('poll_fence').notNullable().defaultTo(0)
      table.bigInteger('last_poll_at').nullable()
      table.text('cursor').notNullable().defaultTo('')
      // Answers in a row that look like those of a login that has lapsed.
      table.integer('lapses').notNullable().defaultTo(0)

      // What opens the window, and what was sent in it.
      table.text('context_token').nullable()
      table.integer('inbound_seq').notNullable().defaultTo(0)
      table.bigInteger('last_inbound_at').nullable()
      table.integer('sends_since_inbound').notNullable().defaultTo(0)
      table.integer('pushes_since_inbound').notNullable().defaultTo(0)
      table.bigInteger('last_send_at').nullable()
      table.bigInteger('last_push_at').nullable()
      table.integer('keepalive_sent_for').notNullable().defaultTo(0)

      // Refusals in a row, and what was learnt of the limits from them.
      table.integer('refusals').notNullable().defaultTo(0)
      table.bigInteger('refused_at').nullable()
      table.text('refusal_text').nullable()
      table.integer('learned_limit').nullable()
      table.bigInteger('learned_window_ms').nullable()
      table.bigInteger('learned_at').nullable()

      // Launches that made no message of their own are counted from here on.
      table.bigInteger('summary_after_id').notNullable().defaultTo(0)
      table.bigInteger('failing_since').nullable()

      // When the user last asked for a test message. Its outcome is that of the first test among the
      // messages of the binding that are newer than `test_after_id`.
      table.bigInteger('test_asked_at').nullable()
      table.bigInteger('test_after_id').notNullable().defaultTo(0)
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.index(['user_id', 'id'])
      table.index(['status', 'poll_owner'])
    })

    for (const column of ['user_id', 'user_wx_id']) {
      this.schema.raw(
        `create unique index wechat_bot_bindings_one_${column} on wechat_bot_bindings (${column})
         where status = 'active'`
      )
    }
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
