import { FeedSession } from '#feed/feed_session'
import { FeedSubscription, type FeedSubscriber } from '#feed/feed_subscription'
import type { StreamPosition } from '#feed/stream_position'

/** Where a subscriber wants to begin. */
export interface FeedStart {
  /** Facts after this position are delivered first. Not set: only what is new. */
  since?: StreamPosition
  /** The most missed facts that are delivered. */
  limit: number
}

/** The one tail of a web process: reads each new fact once and hands it to all who listen. */
export class LiveFeed {
  #session?: FeedSession

  /**
   * Begins to deliver. `isComplete` is false when more was missed than `limit`: those up to it
   * were delivered, and the caller should end and let its reader come back for the rest.
   */
  async subscribe(subscriber: FeedSubscriber, { since, limit }: FeedStart) {
    if (!this.#session || this.#session.hasEnded) this.#session = new FeedSession()
    const session = this.#session
    const subscription = new FeedSubscription(subscriber)

    try {
      await session.join(subscription)
      const isComplete = await subscription.catchUp(since, limit)
      return { isComplete, unsubscribe: () => session.leave(subscription) }
    } catch (error) {
      session.leave(subscription)
      throw error
    }
  }

  /** Ends every stream, so that none holds the process. */
  async close() {
    await this.#session?.end()
  }
}
