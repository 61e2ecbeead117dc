import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  protected tableName = 'replays'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('endpoint_id').notNullable().index()
      table.string('kind', 16).notNullable()
      table.bigInteger('since').notNullable()
      table.bigInteger('until').notNullable()
      // Whether the end was asked for; else it is the moment at which the replay began.
      table.boolean('is_until_given').notNullable().defaultTo(false)
      table.text('event_types').nullable()
      table.integer('rate_per_second').nullable()
      table.integer('event_limit').nullable()
      table.boolean('again').notNullable()
      table.string('state', 12).notNullable()
      table.text('position').notNullable()
      table.bigInteger('reached_at').nullable()
      table.integer('added').notNullable().defaultTo(0)
      table.integer('revived').notNullable().defaultTo(0)
      table.bigInteger('next_step_at').notNullable()
      table.string('idempotency_key', 255).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('ended_at').nullable()
      table.unique(['endpoint_id', 'idempotency_key'])
    })

    this.schema.raw(`create index replays_due on replays (next_step_at) where state = 'running'`)
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
