import { readFeedBatch } from '#feed/feed_events'
import { furthest, hasReached, type FeedBatch, type StreamPosition } from '#feed/stream_position'

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
  /** How far the missed facts reached, while the tail is still behind that. */
  #ahead?: StreamPosition

  constructor(readonly subscriber: FeedSubscriber) {}

  receive(batch: FeedBatch) {
    if (this.#held) this.#held.push(batch)
    else this.#deliver(batch)
  }

  /**
   * Delivers up to `limit` facts stored after the position, then whatever arrived meanwhile.
   *
   * @returns false when more than `limit` were missed; nothing after them was delivered
   */
  async catchUp(since: StreamPosition | undefined, limit: number): Promise<boolean> {
    if (since) {
      const missed = await readFeedBatch(since, limit)
      this.subscriber.receive(missed)
      if (!missed.isComplete) return false
      this.#ahead = missed.position
    }

    for (const batch of this.#held ?? []) this.#deliver(batch)
    this.#held = null
    return true
  }

  /** The tail may hand on once more what was read from the database a moment before it. */
  #deliver(batch: FeedBatch) {
    const ahead = this.#ahead
    if (!ahead) return this.subscriber.receive(batch)

    const events = batch.events
      .filter(({ type, row }) => Number(row.id) > ahead[type]!)
      .map((event) => ({ ...event, position: furthest(event.position, ahead) }))
    const position = furthest(batch.position, ahead)
    this.subscriber.receive({ ...batch, events, position })
    if (hasReached(batch.position, ahead)) this.#ahead = undefined
  }
}
