import { BaseSchema } from '@adonisjs/lucid/schema'
import { leaveRoom, outboxColumns } from '#database/fact_columns'

/** Smaller is no time in milliseconds of any wallet (1973), and larger none in seconds (the year 5138). */
const LEAST_MS = 100_000_000_000

const SAYS = 'ocr_wallet_info.create_time is in milliseconds, and this looks like seconds'

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
    this.#refuseSeconds()
  }

  /**
   * Programs that follow the original specification write records into the table in seconds. A row of
   * 1970 would expire at once; it is refused instead. On SQLite by a trigger: an `insert or ignore`
   * would pass over a check in silence.
   */
  #refuseSeconds() {
    if (this.db.dialect.name === 'postgres') {
      this.schema.raw(
        `alter table ocr_wallet_info add constraint ocr_wallet_info_create_time_is_in_milliseconds
         check (create_time >= ${LEAST_MS})`
      )
      return
    }
    for (const event of ['insert', 'update of create_time']) {
      this.schema.raw(
        `create trigger ocr_wallet_info_${event.slice(0, 6)} before ${event} on ocr_wallet_info
         when new.create_time < ${LEAST_MS}
         begin select raise(abort, '${SAYS}'); end`
      )
    }
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
