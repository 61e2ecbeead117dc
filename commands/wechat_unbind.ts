import { args, BaseCommand } from '@adonisjs/core/ace'
import { findUser } from '#accounts/find_account'
import { printAside } from '#foundation/cli/print'
import { systemClock } from '#foundation/clock'
import { ILinkClient } from '#wechat/ilink/client'
import { unbind } from '#wechat/binding/unbind'

export default class WechatUnbind extends BaseCommand {
  static commandName = 'wechat:unbind'
  static description = 'End the WeChat binding of a user'
  static help = [
    'Nothing is polled or sent any more; the user may scan again.',
    '```',
    '{{ binaryName }} wechat:unbind 0x52ab…',
    '```',
    'Exit codes: 0 ended, 1 there is no such user.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'A wallet, or the number of the user' })
  declare user: string

  async run() {
    const user = await findUser(this.user)
    const client = await this.app.container.make(ILinkClient)
    await unbind(user.id, { client, clock: systemClock })
    printAside(`${user.walletAddress} is not bound any more.\n`)
  }
}
