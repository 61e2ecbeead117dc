import db from '@adonisjs/lucid/services/db'
import type { OkxConnectionState } from '#models/okx_account'
import { NO_CAUSE } from '#models/reasons'
import { isKeyReason } from '#models/okx_reasons'
import type { OkxFailure } from '#collectors/okx/okx_failure'
import { isOwnFault } from '#collectors/okx/stream/close_codes'

/** What the connection of an account does, in its row, for health, pages and commands. */
export class AccountState {
  constructor(private readonly accountId: number) {}

  /** @param now epoch milliseconds */
  async enters(connection: OkxConnectionState, now: number) {
    await this.#write({ connection, updated_at: now })
  }

  /** Everything until now is stored. */
  async isLive(since: number, clockOffset: number | null, now: number) {
    await this.#write({
      connection: 'live',
      ...NO_CAUSE,
      live_since: since,
      recovered_at: now,
      clock_offset: clockOffset,
      updated_at: now,
    })
  }

  /** The stream is open, and REST does not answer. */
  async cannotRead({ kind, message }: OkxFailure, now: number) {
    await this.#write({ reason: kind, detail: message, updated_at: now })
  }

  async handsOver(now: number) {
    await this.#write({
      connection: 'handover',
      handovers: db.knexRawQuery('handovers + 1'),
      updated_at: now,
    })
  }

  /** The connection has ended, or none came about. */
  async failed(failure: OkxFailure, now: number) {
    await this.#write({
      connection: isKeyReason(failure.kind) ? 'refused' : 'waiting',
      reason: failure.kind,
      detail: failure.message,
      live_since: null,
      reconnects: db.knexRawQuery('reconnects + 1'),
      ...(isOwnFault(failure) && { own_faults: db.knexRawQuery('own_faults + 1') }),
      updated_at: now,
    })
  }

  #write(columns: Record<string, unknown>) {
    return db.knexQuery().table('okx_accounts').where('id', this.accountId).update(columns)
  }
}
