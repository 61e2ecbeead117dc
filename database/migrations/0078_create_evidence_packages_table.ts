import { BaseSchema } from '@adonisjs/lucid/schema'

/** Packages of evidence: the file of each lies under its content hash in EVIDENCE_STORAGE_PATH. */
export default class extends BaseSchema {
  protected tableName = 'evidence_packages'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('evidence_uid', 26).notNullable().unique()
      table.bigInteger('order_id').notNullable().references('orders.id').onDelete('CASCADE')
      table.bigInteger('account_id').notNullable()
      table.bigInteger('owner_id').nullable()
      table.string('job_uid', 26).notNullable()
      // SHA-256 of the file, and its size in bytes.
      table.string('content_hash', 64).notNullable()
      table.integer('size').notNullable()
      // The root with salts; the one without, from the venue; and from what was recorded.
      table.string('evidence_hash', 64).notNullable()
      table.string('items_hash', 64).notNullable()
      table.string('expected_evidence_hash', 64).notNullable()
      table.string('completeness', 10).notNullable()
      // The evidence hash of the package before it of the same account.
      table.string('parent_root', 64).nullable()
      table.string('liqpass_root', 66).nullable()
      table.boolean('signed').notNullable().defaultTo(false)
      table.bigInteger('created_at').notNullable()
      table.index(['order_id', 'id'])
      table.index(['account_id', 'id'])
      table.index(['owner_id', 'id'])
      table.index(['content_hash'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
