import type { ApplicationService } from '@adonisjs/core/types'
import { LiveFeed } from '#feed/live_feed'
import { Pulse } from '#feed/pulse'
import { systemClock } from '#foundation/clock'

export default class LiveFeedProvider {
  constructor(protected app: ApplicationService) {}

  /**
   * One feed and one pulse per process, made for their first reader. Hooks run in reverse, so one registered
   * then ends the streams before the HTTP server waits for its connections to close.
   */
  register() {
    this.app.container.singleton(LiveFeed, () => {
      const feed = new LiveFeed()
      this.app.terminating(() => feed.close())
      return feed
    })
    this.app.container.singleton(Pulse, () => {
      const pulse = new Pulse(systemClock)
      this.app.terminating(() => pulse.close())
      return pulse
    })
  }
}
