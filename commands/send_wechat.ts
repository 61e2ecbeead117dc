import logger from '@adonisjs/core/services/logger'
import webhooksConfig from '#config/webhooks'
import wechatConfig from '#config/wechat'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { channels } from '#start/channels'
import { ILinkClient } from '#wechat/ilink/client'
import { sendWechat } from '#wechat/polling/send_wechat'

export default class SendWechat extends LongRunningCommand {
  static commandName = 'send:wechat'
  static description = 'Answer and send in WeChat until stopped'
  static help = [
    'Polls for what bound users write, answers it, and sends them what they asked',
    'for. Several processes share the bindings. May be stopped and started at any',
    'time; nothing is lost.',
    '```',
    '{{ binaryName }} send:wechat',
    '```',
  ]

  protected get beatsAs() {
    return wechatConfig.isEnabled ? 'send:wechat' : null
  }

  async work(signal: AbortSignal) {
    if (!wechatConfig.isEnabled) {
      logger.info('WECHAT_ENABLED is false: nothing is polled or sent')
      return
    }

    const client = await this.app.container.make(ILinkClient)
    await sendWechat(webhooksConfig, logger, signal, { channels, client })
  }
}
