import { BaseSchema } from '@adonisjs/lucid/schema'

/** A round goes through all addresses of a chain by their numbers, a part at a time. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('create index deposit_addresses_round on deposit_addresses (chain_id, id)')
  }

  async down() {
    this.schema.raw('drop index deposit_addresses_round')
  }
}
