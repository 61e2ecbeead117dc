import { BaseSchema } from '@adonisjs/lucid/schema'

const COUNTS = 'target_id, outcome, duration_ms, attempts, total_ms, last_at'

/** Two channels may have targets of the same id: statistics, attempts and alerts name the channel. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('counted_by_channel', (table) => {
      table.string('channel', 16).notNullable()
      table.bigInteger('target_id').notNullable()
      table.string('outcome', 16).notNullable()
      table.integer('duration_ms').notNullable()
      table.bigInteger('attempts').notNullable()
      table.bigInteger('total_ms').notNullable()
      table.bigInteger('last_at').notNullable()
      table.primary(['channel', 'target_id', 'outcome', 'duration_ms'])
    })
    this.schema.raw(
      `insert into counted_by_channel (channel, ${COUNTS}) select 'webhook', ${COUNTS} from delivery_stats`
    )
    this.schema.dropTable('delivery_stats')
    this.schema.renameTable('counted_by_channel', 'delivery_stats')

    this.schema.alterTable('delivery_attempts', (table) => {
      table.string('channel', 16).notNullable().defaultTo('webhook')
    })

    this.schema.alterTable('push_alerts', (table) => {
      table.string('channel', 16).nullable()
    })
    this.schema.raw(`update push_alerts set channel = 'webhook' where endpoint_id is not null`)
    this.schema.alterTable('push_alerts', (table) => {
      table.dropUnique(['endpoint_id', 'kind', 'since'], 'push_alerts_key')
      table.unique(['channel', 'endpoint_id', 'kind', 'since'], { indexName: 'push_alerts_key' })
    })
  }

  async down() {
    this.schema.alterTable('push_alerts', (table) => {
      table.dropUnique(['channel', 'endpoint_id', 'kind', 'since'], 'push_alerts_key')
      table.unique(['endpoint_id', 'kind', 'since'], { indexName: 'push_alerts_key' })
    })
    this.schema.alterTable('push_alerts', (table) => {
      table.dropColumn('channel')
    })
    this.schema.alterTable('delivery_attempts', (table) => {
      table.dropColumn('channel')
    })
    this.schema.createTable('counted', (table) => {
      table.bigInteger('target_id').notNullable()
      table.string('outcome', 16).notNullable()
      table.integer('duration_ms').notNullable()
      table.bigInteger('attempts').notNullable()
      table.bigInteger('total_ms').notNullable()
      table.bigInteger('last_at').notNullable()
      table.primary(['target_id', 'outcome', 'duration_ms'])
    })
    this.schema.raw(
      `insert into counted (${COUNTS}) select ${COUNTS} from delivery_stats where channel = 'webhook'`
    )
    this.schema.dropTable('delivery_stats')
    this.schema.renameTable('counted', 'delivery_stats')
  }
}
