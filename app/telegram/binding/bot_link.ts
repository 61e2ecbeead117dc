import demoConfig from '#config/demo'
import telegramConfig from '#config/telegram'
import TelegramBot from '#models/telegram_bot'
import { givePass } from '#chat/one_use_keys'
import type { Clock } from '#foundation/clock'

/** The bot whose token is set, once it has been polled; null: people cannot be told its name yet. */
export async function ownBot(): Promise<TelegramBot | null> {
  const { token } = telegramConfig
  return token === undefined ? null : TelegramBot.find(Number(token.split(':')[0]))
}

/**
 * A link that binds a chat to a user's account: Telegram opens the bot, or asks for a group to put it
 * in, and hands the code over. It is good once and for ten minutes. In the demo the play server opens.
 * Source: core.telegram.org/bots/features#deep-linking
 */
export async function bindingLink(
  { username }: Pick<TelegramBot, 'username'>,
  userId: number,
  kind: 'private' | 'group',
  clock: Pick<Clock, 'now'>
): Promise<string> {
  const site = demoConfig.isOn ? telegramConfig.url : 'https://t.me'
  const code = await givePass('telegram', userId, clock)
  return `${site}/${username}?${kind === 'group' ? 'startgroup' : 'start'}=${code}`
}
