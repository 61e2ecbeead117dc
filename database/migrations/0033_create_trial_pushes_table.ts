import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * A trial's push is reserved for a launch when its jobs are planned, and used once a receiver has
 * accepted one of them: `pending_launch_id` is null from then on. Whose endpoints a push went to is
 * found by their owner.
 */
export default class extends BaseSchema {
  protected tableName = 'trial_pushes'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigInteger('user_id').notNullable().references('users.id')
      table.string('source', 16).notNullable()
      table.bigInteger('pending_launch_id').nullable()
      table.bigInteger('created_at').notNullable()
      table.primary(['user_id', 'source'])
    })

    this.schema.raw(
      `create index trial_pushes_reserved on trial_pushes (pending_launch_id)
       where pending_launch_id is not null`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
