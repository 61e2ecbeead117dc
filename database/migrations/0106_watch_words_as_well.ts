import { BaseSchema } from '@adonisjs/lucid/schema'

/** What is watched may be a word of a token's name as well as an address. */
export default class extends BaseSchema {
  protected tableName = 'watches'

  async up() {
    this.schema.alterTable(this.tableName, (table) => table.renameColumn('address', 'subject'))
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => table.renameColumn('subject', 'address'))
  }
}
