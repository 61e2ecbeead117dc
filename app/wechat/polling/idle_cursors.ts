import db from '@adonisjs/lucid/services/db'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { execute } from '#foundation/db/statement'
import type { HeldBinding } from '#wechat/polling/polling_lease'

const COLUMNS = { id: 'bigint', fence: 'integer', cursor: 'text', polled_at: 'bigint' } as const

/** What a poll without messages leaves to remember. */
interface IdlePoll {
  fence: number
  cursor: string
  /** Epoch milliseconds. */
  polledAt: number
}

/**
 * The positions after polls that brought nothing, stored together: hundreds of bindings would make
 * 14 commits a second, each waking every process. One that a kill loses only repeats what is known.
 */
export class IdleCursors {
  readonly #owner: string
  #polls = new Map<number, IdlePoll>()

  /** @param owner the name of this process in leases */
  constructor(owner: string) {
    this.#owner = owner
  }

  note({ id, fence }: HeldBinding, cursor: string, polledAt: number) {
    this.#polls.set(id, { fence, cursor, polledAt })
  }

  /** Messages were stored with a position of their own, which is newer. */
  forget(bindingId: number) {
    this.#polls.delete(bindingId)
  }

  /** Stores the positions of all bindings that are still this process's, in one statement. */
  async store() {
    const polls = this.#polls
    if (polls.size === 0) {
      return
    }
    this.#polls = new Map()
    const rows = [...polls].map(([id, { fence, cursor, polledAt }]) => {
      return { id, fence, cursor, polled_at: polledAt }
    })
    try {
      await this.#write(rows)
    } catch (error) {
      // Newer ones have come meanwhile, and stay.
      this.#polls = new Map([...polls, ...this.#polls])
      throw error
    }
  }

  async #write(rows: readonly object[]) {
    const client = db.connection()
    await execute(
      client,
      `update wechat_bot_bindings set cursor = polls.cursor, last_poll_at = polls.polled_at, lapses = 0
       from ${jsonRows(client, 'polls', COLUMNS)}
       where wechat_bot_bindings.id = polls.id and wechat_bot_bindings.poll_fence = polls.fence
         and wechat_bot_bindings.poll_owner = ?`,
      [jsonOf(COLUMNS, rows), this.#owner]
    )
  }
}
