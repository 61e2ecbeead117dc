import logger from '@adonisjs/core/services/logger'
import { isDatabaseAway } from '#foundation/db/explain_database'
import { newestPosition, readFeedBatch } from '#feed/feed_events'
import type { FeedSubscription } from '#feed/feed_subscription'
import type { FeedBatch, StreamPosition } from '#feed/stream_position'
import { systemClock } from '#foundation/clock'
import { watchCommits } from '#foundation/db/watch_commits'
import type { FactType } from '#facts/registry'

/** Facts handed on at once. */
const BATCH = 500

/** The slow poll behind the commit watcher, in milliseconds. */
const POLL_MS = 500

/** The shortest time between two looks: a busy sender commits far more often than facts arrive. */
const REST_MS = 25

/** One run of the tail: it starts with its first listener and stops when the last one has left. */
export class FeedSession {
  readonly #subscriptions = new Set<FeedSubscription>()
  readonly #stop = new AbortController()
  readonly #start: Promise<StreamPosition>
  readonly #following: Promise<void>
  /** How far the tail has come; not set while nothing has happened. */
  #position?: StreamPosition

  constructor(types: readonly FactType[]) {
    this.#start = newestPosition(types)
    this.#following = this.#follow()
  }

  get hasEnded() {
    return this.#stop.signal.aborted
  }

  /** Answers from where on everything will reach the subscription. */
  async join(subscription: FeedSubscription): Promise<StreamPosition> {
    this.#subscriptions.add(subscription)
    return this.#position ?? this.#start
  }

  leave(subscription: FeedSubscription) {
    this.#subscriptions.delete(subscription)
    if (this.#subscriptions.size === 0) this.#stop.abort()
  }

  async end() {
    this.#stop.abort()
    await this.#following
  }

  async #handOn(start: StreamPosition) {
    for await (const batch of followFacts(start, this.#stop.signal)) {
      this.#position = batch.position
      for (const subscription of this.#subscriptions) subscription.receive(batch)
    }
  }

  async #follow() {
    try {
      // Where it cannot start, `join` says so to each of its readers.
      const start = await this.#start.catch(() => null)
      if (start) await this.#handOn(start)
    } catch (error) {
      const message = 'the live feed broke off; its readers open it anew'
      if (isDatabaseAway(error)) logger.warn(`${message}: ${error.message}`)
      else logger.error({ err: error }, message)
    } finally {
      this.#stop.abort()
      for (const { subscriber } of this.#subscriptions) subscriber.end()
    }
  }
}

/** Yields facts as they are committed, from the position on, until the signal aborts. */
async function* followFacts(from: StreamPosition, signal: AbortSignal): AsyncGenerator<FeedBatch> {
  const watcher = await watchCommits()
  let position = from

  try {
    while (!signal.aborted) {
      const batch = await readFeedBatch(position, BATCH)
      position = batch.position
      if (batch.events.length > 0) yield batch
      if (!batch.isComplete) continue

      await systemClock.sleep(REST_MS, signal)
      await watcher.wait(POLL_MS, signal)
    }
  } finally {
    await watcher.close()
  }
}
