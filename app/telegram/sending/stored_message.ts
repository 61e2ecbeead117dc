import { execute, rowsOf } from '#foundation/db/statement'
import { transaction } from '#foundation/db/transaction'
import type { MessageResult } from '#models/message_result'
import type TelegramChat from '#models/telegram_chat'
import type TelegramMessage from '#models/telegram_message'
import type { Counted } from '#chat/messages/summary'
import { acceptLate, linkUncounted, unlinkJobs } from '#delivery/messages/linked_jobs'
import { attemptOf, storeMessage } from '#delivery/messages/store_message'
import type { ClaimedJob } from '#delivery/queue/job'
import type { OutgoingText } from '#telegram/bot_api/bot_api_client'
import type { SendResult } from '#telegram/sending/chat_sender'
import { TELEGRAM_MESSAGES } from '#telegram/sending/telegram_subscribers'

export interface Push extends OutgoingText {
  kind: TelegramMessage['kind']
  /** The jobs that it tells of. */
  jobs: readonly ClaimedJob[]
  /** How many launches it counts without naming them, and up to which one; null: it counts none. */
  counted: Counted | null
}

/**
 * Stores a push before its request.
 *
 * @param now epoch milliseconds
 * @returns its id; null when its jobs are told of by another message, or another process has them
 */
export function beginPush(
  { id: chatId }: Pick<TelegramChat, 'id'>,
  { kind, jobs, counted }: Push,
  now: number
): Promise<number | null> {
  return storeMessage(TELEGRAM_MESSAGES, jobs, async (trx) => {
    const [row] = await rowsOf<{ id: number | string }>(
      trx,
      `insert into telegram_messages (telegram_chat_id, kind, events, counted, attempt, created_at)
       values (?, ?, ?, ?, ?, ?) returning id`,
      [chatId, kind, jobs.length, counted?.count ?? 0, attemptOf(jobs), now]
    )
    return Number(row!.id)
  })
}

/** Writes down what became of a push. Once more has no effect. */
export async function finishPush(
  { id: chatId }: Pick<TelegramChat, 'id'>,
  { counted }: Push,
  pushId: number,
  result: SendResult,
  now: number
): Promise<void> {
  const name = RESULTS[result.kind]
  const [messageId, problem] =
    result.kind === 'accepted' ? [result.messageId, null] : [null, result.words]
  await transaction(async (trx) => {
    // It took too long to note, and was taken for lost meanwhile.
    const late = name === 'accepted' ? ` or result = 'unknown'` : ''
    const noted = await rowsOf(
      trx,
      `update telegram_messages set result = ?, server_message_id = ?, problem = ?, answered_at = ?
       where id = ? and (result is null${late}) returning id`,
      [name, messageId, problem, now, pushId]
    )
    if (noted.length === 0) {
      return
    }
    if (name === 'accepted') {
      await acceptLate(trx, TELEGRAM_MESSAGES, [pushId], now)
    }
    if (name !== 'accepted' && name !== 'unknown') {
      await unlinkJobs(trx, TELEGRAM_MESSAGES, pushId)
    } else if (counted) {
      await linkUncounted(trx, TELEGRAM_MESSAGES, chatId, pushId)
      await execute(
        trx,
        'update telegram_chats set summary_after_id = ? where id = ? and summary_after_id < ?',
        [counted.throughId, chatId, counted.throughId]
      )
    }
  })
}

const RESULTS: Record<SendResult['kind'], MessageResult> = {
  accepted: 'accepted',
  closed: 'refused',
  too_fast: 'refused',
  refused: 'refused',
  unsent: 'unsent',
  unknown: 'unknown',
}
