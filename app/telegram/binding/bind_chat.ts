import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { storable } from '#foundation/text/whole_text'
import TelegramChat from '#models/telegram_chat'
import { newestLaunchId } from '#chat/messages/summary'
import { takePassWithin } from '#chat/one_use_keys'
import type { UpdateChat } from '#telegram/bot_api/updates'

/** Chats of one user at once, groups included. */
export const MOST_CHATS = 20

/** The longest title of a group that is kept, in characters. */
const LONGEST_TITLE = 128

/** Why a chat was not bound. `used`: the code was used before, is too old, or was never given. */
export type BindFault = 'used' | 'too_many'

/**
 * Binds a chat to the account whose user was given the code: a chat has one account, and what it had
 * before ends. A chat that the same user had before is taken up again, with what waits for it.
 *
 * @param personId who sent the code in Telegram: in a group only his commands count
 */
export function bindChat(
  code: string,
  chat: UpdateChat,
  personId: number,
  clock: Pick<Clock, 'now'>
): Promise<TelegramChat | BindFault> {
  return writeTransaction(async (client) => {
    const userId = await takePassWithin(client, 'telegram', code, clock)
    if (userId === null) {
      return 'used'
    }
    const now = clock.now()
    const earlier = await TelegramChat.query({ client })
      .where({ user_id: userId, chat_id: chat.id })
      .orderBy('id', 'desc')
      .first()
    if (earlier?.status !== 'active' && (await hasTooMany(client, userId))) {
      return 'too_many'
    }
    await endOthers(client, chat.id, earlier?.id ?? 0, now)
    const bound = earlier ?? new TelegramChat().merge({ userId, chatId: chat.id, createdAt: now })
    bound.useTransaction(client)
    return bound
      .merge({ kind: chat.kind, title: titleOf(chat), boundBy: personId, boundAt: now })
      .merge({ ...IN_USE, summaryAfterId: await newestLaunchId(client), updatedAt: now })
      .save()
  })
}

/** What a chat is in that is told of events. */
export const IN_USE = {
  status: 'active',
  reason: null,
  detail: null,
  endedAt: null,
  failingSince: null,
} as const

async function hasTooMany(client: TransactionClientContract, userId: number): Promise<boolean> {
  const rows = await TelegramChat.query({ client }).where({ user_id: userId, status: 'active' })
  return rows.length >= MOST_CHATS
}

function titleOf({ kind, title }: UpdateChat): string | null {
  return kind === 'group' && title !== null ? storable(title, LONGEST_TITLE) : null
}

async function endOthers(
  client: TransactionClientContract,
  chatId: number,
  exceptId: number,
  now: number
) {
  await client
    .from('telegram_chats')
    .where({ chat_id: chatId, status: 'active' })
    .whereNot('id', exceptId)
    .update({ status: 'inactive', reason: 'bound_again', ended_at: now, updated_at: now })
}
