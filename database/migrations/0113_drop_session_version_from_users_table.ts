import { BaseSchema } from '@adonisjs/lucid/schema'

/** Sessions are ended one by one in `user_sessions`. */
export default class extends BaseSchema {
  async up() {
    // As SQL: knex would write the table anew on SQLite, which others refer to.
    this.schema.raw('alter table users drop column session_version')
  }

  async down() {
    this.schema.raw('alter table users add column session_version integer not null default 1')
  }
}
