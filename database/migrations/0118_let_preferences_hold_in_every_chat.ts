import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What a user has set holds in every chat: one row for each user. Until now WeChat alone had any. A
 * user may want each fact told once in all: `fallback_order` names the ways out in their order then.
 */
export default class extends BaseSchema {
  protected tableName = 'chat_preferences'

  async up() {
    // A constraint on PostgreSQL, an index on SQLite.
    const name = `${this.tableName}_user_id_channel_unique`
    this.schema.raw(
      this.db.dialect.name === 'postgres'
        ? `alter table ${this.tableName} drop constraint ${name}`
        : `drop index ${name}`
    )
    this.schema.raw(`alter table ${this.tableName} drop column channel`)
    this.schema.raw(`create unique index chat_preferences_user on ${this.tableName} (user_id)`)
    this.schema.raw(
      `alter table ${this.tableName} add column fallback_order text not null default '[]'`
    )
  }

  async down() {
    this.schema.raw('drop index chat_preferences_user')
    this.schema.raw(`alter table ${this.tableName} drop column fallback_order`)
    this.schema.raw(
      `alter table ${this.tableName} add column channel varchar(16) not null default 'wechat'`
    )
    this.schema.alterTable(this.tableName, (table) => {
      table.unique(['user_id', 'channel'])
    })
  }
}
