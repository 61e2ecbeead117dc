import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('scan_audits', (table) => {
      table.integer('unchecked').notNullable().defaultTo(0)
    })
  }

  async down() {
    this.schema.alterTable('scan_audits', (table) => {
      table.dropColumn('unchecked')
    })
  }
}
