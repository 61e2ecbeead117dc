import logger from '@adonisjs/core/services/logger'
import settings from '#config/webhooks'
import { channels } from '#start/channels'
import { sendWebhooks } from '#webhooks/sending/send_webhooks'
import { LongRunningCommand } from '#foundation/cli/long_running_command'

export default class SendWebhooks extends LongRunningCommand {
  static commandName = 'send:webhooks'
  static description = 'Plan and send webhooks until stopped'
  static help = [
    'Sends every stored event to the endpoints that want it: those of',
    'WEBHOOK_URLS and those of the database. May be stopped and started at any',
    'time; nothing is lost.',
    '```',
    '{{ binaryName }} send:webhooks',
    '```',
  ]

  protected get beatsAs() {
    return settings.isEnabled ? 'send:webhooks' : null
  }

  async work(signal: AbortSignal) {
    if (!settings.isEnabled) {
      logger.info('WEBHOOK_ENABLED is false: nothing is planned or sent')
      return
    }

    await sendWebhooks(settings, logger, signal, { channels })
  }
}
