import type { ApplicationService } from '@adonisjs/core/types'
import { systemClock } from '#foundation/clock'
import { Heartbeat } from '#foundation/db/heartbeat'

/** The web application says that it is at work, as commands do. */
export default class HeartbeatProvider {
  constructor(protected app: ApplicationService) {}

  async ready() {
    const version = this.app.version?.toString() ?? ''
    const heartbeat = new Heartbeat({ kind: 'web', version, clock: systemClock })
    await heartbeat.start()
    this.app.terminating(() => heartbeat.stop())
  }
}
