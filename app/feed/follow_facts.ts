import { systemClock } from '#foundation/clock'
import { watchCommits } from '#foundation/db/watch_commits'
import { readFeedBatch } from '#feed/feed_events'
import type { FeedBatch, StreamPosition } from '#feed/stream_position'

/** Facts handed on at once. */
const BATCH = 500

/** The slow poll behind the commit watcher, in milliseconds. */
const POLL_MS = 500

/** The shortest time between two looks: a busy sender commits far more often than facts arrive. */
const REST_MS = 25

/** Yields facts as they are committed, from the position on, until the signal aborts. */
export async function* followFacts(
  from: StreamPosition,
  signal: AbortSignal
): AsyncGenerator<FeedBatch> {
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
