import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Browsers that show their user what he wants to be told, also while no page is open. One that ended
 * keeps its row; of those in use there is one for each endpoint.
 */
export default class extends BaseSchema {
  protected tableName = 'web_push_subscriptions'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id')
      // Whoever knows it can send there, so it is sealed; its hash finds it.
      table.text('endpoint').notNullable()
      table.string('endpoint_hash', 64).notNullable()
      table.string('public_key', 100).notNullable()
      table.text('auth').notNullable()
      // The public key of ours that the browser subscribed with.
      table.string('server_key', 100).notNullable()
      table.string('browser', 40).nullable()
      table.string('system', 40).nullable()
      table.string('status', 12).notNullable().defaultTo('active')
      table.string('reason', 24).nullable()
      table.text('detail').nullable()
      table.bigInteger('bound_at').notNullable()
      table.bigInteger('ended_at').nullable()
      // Its push service has asked to be left alone until then.
      table.bigInteger('paused_until').notNullable().defaultTo(0)
      table.bigInteger('failing_since').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.index(['user_id', 'id'])
    })

    this.schema.raw(
      `create unique index web_push_subscriptions_one_endpoint
       on web_push_subscriptions (endpoint_hash) where status = 'active'`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
