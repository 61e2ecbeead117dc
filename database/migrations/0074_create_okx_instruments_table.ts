import { BaseSchema } from '@adonisjs/lucid/schema'

/** What a contract of each instrument is worth, and what OKX says that we do not understand, by kind. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('okx_instruments', (table) => {
      table.string('environment', 4).notNullable()
      table.string('inst_id', 64).notNullable()
      table.string('inst_type', 16).notNullable()
      table.string('ct_type', 8).nullable()
      table.text('ct_val').nullable()
      table.text('ct_mult').nullable()
      table.string('ct_val_ccy', 32).nullable()
      table.string('settle_ccy', 32).nullable()
      table.string('base_ccy', 32).nullable()
      table.string('quote_ccy', 32).nullable()
      table.bigInteger('updated_at').notNullable()
      table.primary(['environment', 'inst_id'])
    })

    this.schema.createTable('okx_unknowns', (table) => {
      table.bigInteger('account_id').notNullable().references('okx_accounts.id').onDelete('CASCADE')
      // Such as `order state`, and the word that is not known.
      table.string('kind', 32).notNullable()
      table.string('value', 64).notNullable()
      table.integer('times').notNullable()
      table.text('raw').notNullable()
      table.bigInteger('first_seen_at').notNullable()
      table.bigInteger('last_seen_at').notNullable()
      table.primary(['account_id', 'kind', 'value'])
    })
  }

  async down() {
    this.schema.dropTable('okx_unknowns')
    this.schema.dropTable('okx_instruments')
  }
}
