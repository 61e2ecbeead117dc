import TelegramChat from '#models/telegram_chat'
import TelegramMessage from '#models/telegram_message'

/** Pushes in an export, at most, the newest ones. */
const MOST_MESSAGES = 1000

/** A user's chats in Telegram, and what was sent there. Times are epoch milliseconds. */
export async function telegramData(userId: number) {
  const chats = await TelegramChat.query().where('user_id', userId).orderBy('id')
  const sent = await TelegramMessage.query()
    .whereIn(
      'telegram_chat_id',
      chats.map(({ id }) => id)
    )
    .orderBy('id', 'desc')
    .limit(MOST_MESSAGES)
  return {
    chats: chats.map((one) => ({
      chat_id: one.chatId,
      kind: one.kind,
      title: one.title,
      bound_by: one.boundBy,
      status: one.status,
      bound_at: one.boundAt,
      ended_at: one.endedAt,
    })),
    latest_sent: sent.map(({ kind, events, result, createdAt }) => {
      return { kind, events, result, time: createdAt }
    }),
  }
}
