import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'
import TelegramBot, { type TelegramTrouble } from '#models/telegram_bot'
import type { BotIdentity } from '#telegram/bot_api/bot_api_client'

/** Stores how the bot is called, and answers from which update on it is read. */
export async function rememberBot({ id, username }: BotIdentity, now: number): Promise<number> {
  await db
    .knexQuery()
    .table('telegram_bots')
    .insert({ id, username, created_at: now })
    .onConflict('id')
    .merge(['username'])
  const bot = await TelegramBot.findOrFail(id)
  return bot.nextUpdateId
}

/** Notes that the bot was asked for updates, and up to which one they are stored. */
export async function notePolled(
  client: TransactionClientContract,
  botId: number,
  nextUpdateId: number,
  now: number
) {
  await client
    .from('telegram_bots')
    .where('id', botId)
    .update({ next_update_id: nextUpdateId, polled_at: now, trouble: null })
}

/** Notes why the bot cannot be polled. */
export async function noteTrouble(botId: number, trouble: TelegramTrouble) {
  await TelegramBot.query().where('id', botId).update({ trouble })
}
