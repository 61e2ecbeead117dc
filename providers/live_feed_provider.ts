import type { ApplicationService } from '@adonisjs/core/types'
import { LiveFeed } from '#feed/live_feed'

export default class LiveFeedProvider {
  constructor(protected app: ApplicationService) {}

  /**
   * One feed per process, made for its first reader. Hooks run in reverse, so one registered
   * then ends the streams before the HTTP server waits for its connections to close.
   */
  register() {
    this.app.container.singleton(LiveFeed, () => {
      const feed = new LiveFeed()
      this.app.terminating(() => feed.close())
      return feed
    })
  }
}
