import { BaseSchema } from '@adonisjs/lucid/schema'

/** Smaller is no time in milliseconds of any wallet (1973), and larger none in seconds (the year 5138). */
const LEAST_MS = 100_000_000_000

const SAYS = 'ocr_wallet_info.create_time is in milliseconds, and this looks like seconds'

/**
 * Programs of before write records into the table in seconds, as the original specification has it. A row
 * of 1970 would expire at once; it is refused instead. SQLite adds no check to a table that is there.
 */
export default class extends BaseSchema {
  async up() {
    if (this.db.dialect.name === 'postgres') {
      // Rows of before are not looked at: they have gone out, or expired.
      this.schema.raw(
        `alter table ocr_wallet_info add constraint ocr_wallet_info_create_time_is_in_milliseconds
         check (create_time >= ${LEAST_MS}) not valid`
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
    if (this.db.dialect.name === 'postgres') {
      this.schema.raw(
        'alter table ocr_wallet_info drop constraint ocr_wallet_info_create_time_is_in_milliseconds'
      )
      return
    }
    this.schema.raw('drop trigger ocr_wallet_info_insert')
    this.schema.raw('drop trigger ocr_wallet_info_update')
  }
}
