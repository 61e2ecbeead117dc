import { BaseSchema } from '@adonisjs/lucid/schema'
import { leaveRoom, outboxColumns } from '#database/fact_columns'

/** Wallet codes that text recognition found in WeChat pictures. One picture may show several. */
export default class extends BaseSchema {
  protected tableName = 'ocr_wallet_info'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('source_ip', 45).notNullable()
      table.string('msg_id', 64).notNullable()
      table.string('group_id', 128).notNullable()
      table.string('wallet_code', 128).notNullable()
      table.string('serial_no', 64).notNullable()
      table.string('wx_id', 128).notNullable()
      table.string('wx_nick_name', 128).notNullable()
      table.string('pic_url', 2048).nullable()
      table.bigInteger('create_time').notNullable()
      outboxColumns(table)
      table.unique(['msg_id', 'wallet_code'], { indexName: 'ocr_wallet_info_key' })
    })

    for (const column of ['group_id', 'wallet_code', 'wx_id']) {
      this.schema.raw(`create index ocr_wallet_info_${column} on ocr_wallet_info (${column}, id)`)
    }
    this.schema.raw(
      'create index ocr_wallet_info_outbox on ocr_wallet_info (id) where planned_at is null'
    )
    // Each request that brings records counts those that wait, among those that are still of use.
    this.schema.raw(
      'create index ocr_wallet_info_unsent on ocr_wallet_info (create_time) where webhook_sent = false'
    )
    leaveRoom(this, this.tableName, 50)
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
