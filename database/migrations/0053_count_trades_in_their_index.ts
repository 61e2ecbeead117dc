import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * How many trades of a token stand is counted in the index alone: with `removed_at` in it no trade has
 * to be looked up. That is written once, so it costs a trade a byte.
 */
export default class extends BaseSchema {
  async up() {
    this.#indexTokens('token_address, id, removed_at')
  }

  async down() {
    this.#indexTokens('token_address, id')
  }

  #indexTokens(columns: string) {
    this.schema.raw('drop index trades_token')
    this.schema.raw(`create index trades_token on trades (${columns})`)
  }
}
