import type { ApplicationService } from '@adonisjs/core/types'
import wechatConfig from '#config/wechat'
import { systemClock } from '#foundation/clock'
import { LoginFollower } from '#wechat/binding/login_follower'
import { ILinkClient } from '#wechat/ilink/client'

export default class ILinkProvider {
  constructor(protected app: ApplicationService) {}

  #client?: ILinkClient
  #follower?: LoginFollower

  /**
   * One of each per process, made when it is first needed; its end leaves logins to other processes.
   * Hooks run in reverse. Those that are added here run after that of a command, which waits for its
   * work: a message under way gets its answer before the connections are closed.
   */
  register() {
    this.app.terminating(() => this.#client?.close())
    this.app.terminating(() => this.#follower?.stop())

    this.app.container.singleton(ILinkClient, () => {
      return (this.#client = new ILinkClient({ ...wechatConfig.ilink, clock: systemClock }))
    })
    this.app.container.singleton(LoginFollower, async (resolver) => {
      const client = await resolver.make(ILinkClient)
      const logger = await resolver.make('logger')
      return (this.#follower = new LoginFollower({ client, logger, clock: systemClock }))
    })
  }
}
