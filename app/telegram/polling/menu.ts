import { commands } from '#chat/commands/commands'
import { readerOf } from '#chat/reader'
import type { BotApiClient } from '#telegram/bot_api/bot_api_client'
import { BotApiFailure } from '#telegram/bot_api/bot_api_failure'
import type { TelegramLog } from '#telegram/polling/telegram_log'

/** Commands that the menu of a chat does not show: they are about WeChat, or said on the way. */
const UNLISTED = ['start', 'keepalive', 'upgrade']

/** The languages that Telegram is told of: all others see the first one. */
const LANGUAGES: Record<string, string | null> = { 'en': null, 'zh-CN': 'zh' }

/** Tells Telegram which commands its menu shows, in each language. */
export async function setMenu(
  client: Pick<BotApiClient, 'setMyCommands'>,
  log: Pick<TelegramLog, 'withoutMenu'>
) {
  try {
    await setCommands(client)
  } catch (error) {
    if (!(error instanceof BotApiFailure)) throw error
    log.withoutMenu(error)
  }
}

async function setCommands(client: Pick<BotApiClient, 'setMyCommands'>) {
  for (const [language, code] of Object.entries(LANGUAGES)) {
    const { t } = await readerOf({ language, timeZone: null })
    const listed = commands.filter(({ name }) => !UNLISTED.includes(name))
    const entries = listed.map(({ name }) => ({ command: name, description: t(`menu.${name}`) }))
    await client.setMyCommands(entries, code)
  }
}
