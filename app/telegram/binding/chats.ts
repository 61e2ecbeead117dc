import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { Refusal } from '#foundation/errors'
import TelegramChat from '#models/telegram_chat'
import { IN_USE } from '#telegram/binding/bind_chat'

/** The chat that is in use under a number of Telegram, or null. */
export function activeChat(chatId: number): Promise<TelegramChat | null> {
  return TelegramChat.query().where({ chat_id: chatId, status: 'active' }).first()
}

/** The chats of a user: those in use, and those that Telegram has closed. */
export function chatsOf(userId: number): Promise<TelegramChat[]> {
  return TelegramChat.query().where('user_id', userId).whereNot('status', 'inactive').orderBy('id')
}

/**
 * Takes up a chat that Telegram had closed, as its person asks for it: with all that waits for it.
 * One that its user has unbound, or another account has had since, stays as it is.
 */
export function takeUpChat(
  chatId: number,
  clock: Pick<Clock, 'now'>
): Promise<TelegramChat | null> {
  return writeTransaction(async (client) => {
    const newest = await TelegramChat.query({ client })
      .where('chat_id', chatId)
      .orderByRaw('bound_at desc, id desc')
      .forUpdate()
      .first()
    return newest?.status === 'retired'
      ? newest.merge({ ...IN_USE, updatedAt: clock.now() }).save()
      : null
  })
}

/**
 * Ends one of a user's chats: nothing is sent there any more.
 *
 * @throws Refusal `unknown_chat` when he has no such chat
 */
export function unbindChat(userId: number, id: number, clock: Pick<Clock, 'now'>): Promise<void> {
  return writeTransaction(async (client) => {
    const chat = await TelegramChat.query({ client })
      .where({ id, user_id: userId })
      .whereNot('status', 'inactive')
      .forUpdate()
      .first()
    if (!chat) {
      throw new Refusal('unknown', 'unknown_chat', `You have no chat ${id} in Telegram`)
    }
    const now = clock.now()
    await chat
      .merge({ status: 'inactive', reason: 'by_owner', endedAt: now, updatedAt: now })
      .save()
  })
}

/** Notes the number that a group has as a supergroup. Where that is bound itself, the old one ends. */
export function moveChat(fromId: number, toId: number, now: number): Promise<void> {
  return writeTransaction(async (client) => {
    const chats = () => client.from('telegram_chats')
    const taken = await chats().where({ chat_id: toId, status: 'active' }).first()
    const old = chats().where({ chat_id: fromId, status: 'active' })
    await (taken
      ? old.update({ status: 'inactive', reason: 'bound_again', ended_at: now, updated_at: now })
      : old.update({ chat_id: toId, updated_at: now }))
  })
}
