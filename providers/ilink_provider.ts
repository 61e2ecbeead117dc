import type { ApplicationService } from '@adonisjs/core/types'
import wechatConfig from '#config/wechat'
import { systemClock } from '#foundation/clock'
import { LoginFollower } from '#wechat/binding/login_follower'
import { ILinkClient } from '#wechat/ilink/client'

export default class ILinkProvider {
  constructor(protected app: ApplicationService) {}

  /** One of each per process, made when it is first needed; its end leaves logins to other processes. */
  register() {
    this.app.container.singleton(ILinkClient, () => {
      const client = new ILinkClient({ ...wechatConfig.ilink, clock: systemClock })
      this.app.terminating(() => client.close())
      return client
    })
    this.app.container.singleton(LoginFollower, async (resolver) => {
      const client = await resolver.make(ILinkClient)
      const logger = await resolver.make('logger')
      const follower = new LoginFollower({ client, logger, clock: systemClock })
      this.app.terminating(() => follower.stop())
      return follower
    })
  }
}
