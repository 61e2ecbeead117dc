import logger from '@adonisjs/core/services/logger'
import webPushConfig from '#config/web_push'
import webhooksConfig from '#config/webhooks'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { channels } from '#start/channels'
import { sendWebPush } from '#web_push/sending/send_web_push'

export default class SendBrowsers extends LongRunningCommand {
  static commandName = 'send:browsers'
  static description = 'Send notifications to browsers until stopped'
  static help = [
    'For users who have switched them on at /alerts: what chats would tell them, by',
    'Web Push. May be stopped and started at any time; nothing is lost.',
    '```',
    '{{ binaryName }} send:browsers',
    '```',
  ]

  protected get beatsAs() {
    return webPushConfig.key === undefined ? null : 'send:browsers'
  }

  async work(signal: AbortSignal) {
    const { key } = webPushConfig
    if (key === undefined) {
      logger.info('WEB_PUSH_KEY is not set: nothing is sent. Make one with: node ace webpush:key')
      return
    }
    await sendWebPush(webhooksConfig, logger, signal, { channels, key })
  }
}
