import type { ApplicationService } from '@adonisjs/core/types'
import { systemClock } from '#foundation/clock'
import { refuseHalfMoved } from '#foundation/db/half_moved'
import { Heartbeat } from '#foundation/db/heartbeat'
import { Rounds } from '#foundation/rounds'

/** The web application says that it is at work, as commands do. Its steps are its answers. */
export default class HeartbeatProvider {
  constructor(protected app: ApplicationService) {}

  async ready() {
    await refuseHalfMoved()
    const version = this.app.version?.toString() ?? ''
    const rounds = new Rounds(systemClock)
    const emitter = await this.app.container.make('emitter')
    emitter.on('http:request_completed', () => rounds.count())
    const heartbeat = new Heartbeat({ kind: 'web', version, clock: systemClock, rounds })
    await heartbeat.start()
    this.app.terminating(() => heartbeat.stop())
  }
}
