import type { ApplicationService } from '@adonisjs/core/types'
import wechatConfig from '#config/wechat'
import { systemClock } from '#foundation/clock'
import { ILinkClient } from '#wechat/ilink/client'

export default class ILinkProvider {
  constructor(protected app: ApplicationService) {}

  /** One client per process, made when it is first needed; its end cuts its requests. */
  register() {
    this.app.container.singleton(ILinkClient, () => {
      const client = new ILinkClient({ ...wechatConfig.ilink, clock: systemClock })
      this.app.terminating(() => client.close())
      return client
    })
  }
}
