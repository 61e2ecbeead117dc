import db from '@adonisjs/lucid/services/db'
import TelegramBot, { type TelegramTrouble } from '#models/telegram_bot'

const DAY_MS = 86_400_000

/** How the bot in Telegram does. Times are epoch milliseconds. */
export interface TelegramFigures {
  /** Chats that are told of events. */
  active: number
  /** Chats that Telegram has closed within a day. */
  closed: number
  /** Why the bot cannot be polled; null: it can, or was not tried yet. */
  trouble: TelegramTrouble | null
  /** When it was polled last with success; null: never. */
  polled_at: number | null
}

/** Reads how the bot does that was polled last. `now` is in epoch milliseconds. */
export async function readTelegram(now: number): Promise<TelegramFigures> {
  const bot = await TelegramBot.query().orderByRaw('coalesce(polled_at, 0) desc').first()
  const [{ closed }] = await db
    .from('telegram_chats')
    .where('status', 'retired')
    .where('ended_at', '>', now - DAY_MS)
    .count('* as closed')
  return {
    active: await countActiveChats(),
    closed: Number(closed),
    trouble: bot?.trouble ?? null,
    polled_at: bot?.polledAt ?? null,
  }
}

/** Chats that are told of events. */
export async function countActiveChats(): Promise<number> {
  const [{ active }] = await db
    .from('telegram_chats')
    .where('status', 'active')
    .count('* as active')
  return Number(active)
}
