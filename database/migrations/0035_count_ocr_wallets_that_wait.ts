import { BaseSchema } from '@adonisjs/lucid/schema'

/** Each request that brings records counts those that wait, among those that are still of use. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      'create index ocr_wallet_info_unsent on ocr_wallet_info (create_time) where webhook_sent = false'
    )
  }

  async down() {
    this.schema.raw('drop index ocr_wallet_info_unsent')
  }
}
