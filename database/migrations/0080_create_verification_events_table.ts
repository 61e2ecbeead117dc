import { BaseSchema } from '@adonisjs/lucid/schema'
import { outboxColumns } from '#database/fact_columns'

/** How each verification ended, as facts that their owners are sent. */
export default class extends BaseSchema {
  protected tableName = 'verification_events'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('account_id').notNullable().references('okx_accounts.id').onDelete('CASCADE')
      table.bigInteger('owner_id').nullable()
      table.string('account_uid', 32).notNullable()
      table.string('environment', 4).notNullable()
      table.string('result', 9).notNullable()
      table.string('job_uid', 26).notNullable()
      table.string('ord_id', 32).nullable()
      table.string('cl_ord_id', 64).nullable()
      table.string('inst_id', 64).notNullable()
      table.string('evidence_uid', 26).nullable()
      table.string('evidence_hash', 64).nullable()
      table.string('expected_evidence_hash', 64).nullable()
      table.string('completeness', 10).nullable()
      table.string('error_code', 32).nullable()
      // The names of the fields that differ, separated by commas.
      table.text('differing_fields').nullable()
      // The job that tries again in the background.
      table.string('retried_by', 26).nullable()
      table.bigInteger('event_time').notNullable()
      outboxColumns(table)
      table.unique(['job_uid'])
      table.index(['owner_id', 'id'])
    })

    const name = this.tableName
    this.schema.raw(`create index ${name}_outbox on ${name} (id) where planned_at is null`)
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
