import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Who has which plan until when, each change of it with its cause, the trial pushes that are used
 * up, and the reminders that are due to somebody before a plan ends.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('entitlements', (table) => {
      table.bigInteger('user_id').primary().references('users.id')
      table.string('plan', 16).nullable()
      table.bigInteger('ends_at').notNullable().index()
      table.bigInteger('trial_started_at').nullable()
      table.text('credit').notNullable()
      table.bigInteger('updated_at').notNullable()
    })

    this.schema.createTable('entitlement_changes', (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id')
      table.string('cause', 16).notNullable()
      table.bigInteger('payment_id').nullable().references('payments.id')
      table.string('plan', 16).nullable()
      table.bigInteger('ends_before').notNullable()
      table.bigInteger('ends_after').notNullable()
      table.text('note').nullable()
      table.bigInteger('created_at').notNullable()
      table.index(['user_id', 'id'])
    })

    this.schema.createTable('trial_pushes', (table) => {
      table.bigInteger('user_id').notNullable().references('users.id')
      table.string('source', 16).notNullable()
      table.bigInteger('created_at').notNullable()
      table.primary(['user_id', 'source'])
    })

    this.schema.createTable('expiry_reminders', (table) => {
      table.bigInteger('user_id').notNullable().references('users.id')
      table.bigInteger('ends_at').notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('sent_at').nullable()
      table.primary(['user_id', 'ends_at'])
    })
  }

  async down() {
    this.schema.dropTable('expiry_reminders')
    this.schema.dropTable('trial_pushes')
    this.schema.dropTable('entitlement_changes')
    this.schema.dropTable('entitlements')
  }
}
