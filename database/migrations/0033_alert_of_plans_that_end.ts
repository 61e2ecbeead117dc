import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * An alert may be about a plan that ends: it names the end, and no endpoint. The alert itself says
 * who was reminded of what, so nothing else has to remember that.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('push_alerts', (table) => {
      table.setNullable('endpoint_id')
      table.setNullable('endpoint')
    })
    this.schema.alterTable('push_alerts', (table) => {
      table.bigInteger('ends_at').nullable()
    })
    this.schema.raw(
      'create unique index push_alerts_plan on push_alerts (owner_id, ends_at) where ends_at is not null'
    )
    this.schema.dropTable('expiry_reminders')
  }

  async down() {
    this.schema.createTable('expiry_reminders', (table) => {
      table.bigInteger('user_id').notNullable().references('users.id')
      table.bigInteger('ends_at').notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('sent_at').nullable()
      table.primary(['user_id', 'ends_at'])
    })
    this.schema.raw('drop index push_alerts_plan')
    this.schema.raw('delete from push_alerts where endpoint_id is null')
    this.schema.alterTable('push_alerts', (table) => {
      table.dropColumn('ends_at')
    })
    this.schema.alterTable('push_alerts', (table) => {
      table.dropNullable('endpoint_id')
      table.dropNullable('endpoint')
    })
  }
}
