import telegramConfig from '#config/telegram'
import type { Clock } from '#foundation/clock'
import { Refusal } from '#foundation/errors'
import TelegramChat from '#models/telegram_chat'
import User from '#models/user'
import { readerOf } from '#chat/reader'
import { BotApiClient } from '#telegram/bot_api/bot_api_client'
import { ChatSender, type SendResult } from '#telegram/sending/chat_sender'

/**
 * Sends a message to one of a user's chats that proves that messages arrive, now: there is no quota.
 *
 * @throws Refusal `unknown_chat` when he has no such chat in use, or there is no bot
 */
export async function sendTest(userId: number, id: number, clock: Clock): Promise<SendResult> {
  const { token, url } = telegramConfig
  const chat = await TelegramChat.query().where({ id, user_id: userId, status: 'active' }).first()
  if (!chat || token === undefined) {
    throw new Refusal('unknown', 'unknown_chat', `You have no chat ${id} in Telegram`)
  }
  const { t, clock: timeOf } = await readerOf(await User.findOrFail(userId))
  const client = new BotApiClient({ url, token })
  try {
    const onFault = () => {}
    const sender = new ChatSender({ client, clock, onFault })
    return await sender.send(chat.chatId, {
      text: t('test', { sent: timeOf(clock.now()) }),
      buttons: [],
    })
  } finally {
    await client.close()
  }
}
