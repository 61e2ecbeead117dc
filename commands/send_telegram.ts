import logger from '@adonisjs/core/services/logger'
import telegramConfig from '#config/telegram'
import webhooksConfig from '#config/webhooks'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { channels } from '#start/channels'
import { BotApiClient } from '#telegram/bot_api/bot_api_client'
import { sendTelegram } from '#telegram/polling/send_telegram'

export default class SendTelegram extends LongRunningCommand {
  static commandName = 'send:telegram'
  static description = 'Answer and send in Telegram until stopped'
  static help = [
    'Polls for what people write to the bot, answers it, and sends them and their',
    'groups what they asked for. Of several processes one works and the others stand',
    'by. May be stopped and started at any time; nothing is lost.',
    '```',
    '{{ binaryName }} send:telegram',
    '```',
  ]

  protected get beatsAs() {
    return telegramConfig.token === undefined ? null : 'send:telegram'
  }

  async work(signal: AbortSignal) {
    const { token, url } = telegramConfig
    if (token === undefined) {
      logger.info('TELEGRAM_BOT_TOKEN is not set: nothing is polled or sent')
      return
    }
    const client = new BotApiClient({ url, token })
    try {
      await sendTelegram(webhooksConfig, logger, signal, { channels, client })
    } finally {
      await client.close()
    }
  }
}
