import { BaseSchema } from '@adonisjs/lucid/schema'
import { outboxColumns } from '#database/fact_columns'

/**
 * What a user or the operator should know about the pushing itself, or about a plan that ends:
 * that one names the end, and no endpoint. An alert is a fact: it goes out as `push.alert`. The keys
 * prevent two processes from raising the same one; a plan's says who was reminded of what.
 */
export default class extends BaseSchema {
  protected tableName = 'push_alerts'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('owner_id').nullable()
      table.string('kind', 32).notNullable()
      table.string('channel', 16).nullable()
      table.bigInteger('endpoint_id').nullable()
      table.string('endpoint', 500).nullable()
      table.bigInteger('since').notNullable()
      table.text('message').notNullable()
      table.bigInteger('acknowledged_at').nullable()
      // When what it tells of was over: from then on it waits for no operator.
      table.bigInteger('resolved_at').nullable()
      table.bigInteger('ends_at').nullable()
      table.bigInteger('event_time').notNullable()
      outboxColumns(table)
      table.unique(['channel', 'endpoint_id', 'kind', 'since'], { indexName: 'push_alerts_key' })
      table.index(['event_time'], 'push_alerts_time')
    })

    this.schema.raw('create index push_alerts_outbox on push_alerts (id) where planned_at is null')
    this.schema.raw(
      'create unique index push_alerts_plan on push_alerts (owner_id, ends_at, kind) where ends_at is not null'
    )
    // Alerts that wait for an operator. That a plan ends or has ended concerns its owner only.
    this.schema.raw(
      `create index push_alerts_open on push_alerts (id)
       where acknowledged_at is null and kind not in ('plan.ending', 'plan.ended')`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
