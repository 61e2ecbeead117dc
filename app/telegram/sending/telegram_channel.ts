import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { jsonIds } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import type { Cause, Failure } from '#models/reasons'
import TelegramChat from '#models/telegram_chat'
import { SILENCE_COLUMNS, silenceInRow, type SilenceRow } from '#chat/preferences/silence_rows'
import type { Channel } from '#delivery/channel'
import type { RetryPolicy } from '#delivery/lanes/retry_policy'
import { settleLostMessages } from '#delivery/messages/lost_messages'
import { retireChat } from '#telegram/binding/retire_chat'
import type { ChatSender } from '#telegram/sending/chat_sender'
import { ChatTarget } from '#telegram/sending/chat_target'
import { telegram, TELEGRAM_MESSAGES } from '#telegram/sending/telegram_subscribers'

/** It waits until the event is too old. */
const RETRY: RetryPolicy = { waits: [5000, 30_000, 60_000, 300_000], maxRetries: 1000 }

interface ChannelParts {
  sender: ChatSender
  clock: Clock
  onFault: (error: Error) => void
  /** When what did not leave is tried again. */
  retry?: RetryPolicy
}

/** Messages to chats in Telegram. One process sends at a time, as one polls. */
export class TelegramChannel implements Channel {
  readonly name = telegram.name
  readonly deliveredColumn = telegram.deliveredColumn
  readonly mostWaiting = telegram.mostWaiting
  readonly targetTable = telegram.targetTable
  readonly subscribers = telegram.subscribers
  readonly #parts: Required<ChannelParts>
  #targets = new Map<number, ChatTarget>()

  constructor(parts: ChannelParts) {
    this.#parts = { retry: RETRY, ...parts }
  }

  async targets() {
    await settleLostMessages(TELEGRAM_MESSAGES, this.#parts.clock.now())
    const rows = await readChats(null)
    const current = rows.map(({ id, kind, failing_since: since }) => {
      const known = this.#targets.get(Number(id))
      const failingSince = since === null ? null : Number(since)
      return known?.failingSince === failingSince
        ? known
        : new ChatTarget({ id: Number(id), kind, failingSince }, this.#parts)
    })
    this.#targets = new Map(current.map((target) => [target.id, target]))
    this.#setGates(rows)
    return current
  }

  readonly readGates = async (ids: readonly number[]) => {
    this.#setGates(await readChats(ids))
  }

  async outOfService(ids: readonly number[]) {
    const rows: { id: number | string }[] = await db
      .from('telegram_chats')
      .where('status', 'active')
      .whereIn('id', [...ids])
      .select('id')
    const active = new Set(rows.map(({ id }) => Number(id)))
    return ids.filter((id) => !active.has(id))
  }

  /** A user is told when the chat is closed, and not before. */
  async warn() {}

  /** What failed for days says nothing about the chat: Telegram was not there. */
  async disable(id: number, { reason, detail }: Cause<Failure>, failedSince: number | null) {
    if (failedSince !== null) return
    await retireChat({ id }, detail ?? reason, this.#parts.clock.now())
  }

  async setFailingSince(id: number, since: number | null) {
    await TelegramChat.query().where('id', id).update({ failingSince: since })
  }

  /** What is under way ends by itself: cut, it might have arrived. */
  interrupt() {}

  async close() {}

  #setGates(rows: readonly Row[]) {
    const now = this.#parts.clock.now()
    for (const row of rows) {
      const gate = this.#targets.get(Number(row.id))?.gate
      gate?.set(silenceInRow(row, now), Number(row.paused_until))
    }
  }
}

interface Row extends SilenceRow {
  id: number | string
  kind: TelegramChat['kind']
  failing_since: number | string | null
  paused_until: number | string
}

/** @param ids of those alone; null: of all that are in use */
function readChats(ids: readonly number[] | null): Promise<Row[]> {
  const client = db.connection()
  return rowsOf<Row>(
    client,
    `select chat.id, kind, failing_since, paused_until, ${SILENCE_COLUMNS}
     from telegram_chats as chat
     join users on users.id = chat.user_id
     left join chat_preferences as preference on preference.user_id = chat.user_id
     where chat.status = 'active' ${ids === null ? '' : `and chat.id in ${jsonIds(client)}`}
     order by chat.id`,
    ids === null ? [] : [JSON.stringify(ids)]
  )
}
