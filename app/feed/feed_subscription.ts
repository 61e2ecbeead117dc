import { readFeedBatch } from '#feed/feed_events'
import type { FeedBatch, FeedEvent, StreamPosition } from '#feed/stream_position'

/** Who listens to the live feed. */
export interface FeedSubscriber {
  /** Called with facts in order, each exactly once. */
  receive(batch: FeedBatch): void
  /** Called when the feed ends: the reader may come back with its position. */
  end(): void
}

/** One listener's place in the feed: first what it missed, then what is new. */
export class FeedSubscription {
  /** Batches that arrived while the missed facts were read; null once they were delivered. */
  #held: FeedBatch[] | null = []

  constructor(readonly subscriber: FeedSubscriber) {}

  receive(batch: FeedBatch) {
    if (this.#held) this.#held.push(batch)
    else this.subscriber.receive(batch)
  }

  /**
   * Delivers up to `limit` facts stored after the position, then whatever arrived meanwhile.
   *
   * @returns false when more than `limit` were missed; nothing after them was delivered
   */
  async catchUp(since: StreamPosition | undefined, limit: number): Promise<boolean> {
    const missed = since && (await readFeedBatch(since, limit))
    if (missed) this.subscriber.receive(missed)
    if (missed && !missed.isComplete) return false

    for (const batch of this.#held ?? []) {
      this.subscriber.receive(missed ? { ...batch, events: newer(batch, missed.position) } : batch)
    }
    this.#held = null
    return true
  }
}

function newer(batch: FeedBatch, position: StreamPosition): readonly FeedEvent[] {
  return batch.events.filter(({ type, row }) => Number(row.id) > position[type])
}
