import { finished } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import type { FeedStart, LiveFeed } from '#feed/live_feed'
import { StreamSubscriber, type Framing } from '#feed/stream_subscriber'

interface StreamOptions extends FeedStart {
  framing: Framing
  /** The event that tells a reader that it missed too much. Not set: it comes back for the rest. */
  tooMuch?: string
}

/** Answers a request with the live feed, until its reader leaves. */
export async function streamFeed(
  { response }: HttpContext,
  feed: LiveFeed,
  { framing, tooMuch, ...start }: StreamOptions
) {
  const subscriber = new StreamSubscriber(framing)
  const { isComplete, unsubscribe } = await feed.subscribe(subscriber, start)
  finished(subscriber.stream, () => unsubscribe())
  if (!isComplete) subscriber.end(tooMuch)

  response.header('content-type', 'text/event-stream; charset=utf-8')
  response.header('cache-control', 'no-cache, no-transform')
  // nginx would hold events back until its buffer is full.
  response.header('x-accel-buffering', 'no')
  // A connection kept open after its stream would hold a process that is told to stop.
  response.header('connection', 'close')
  response.stream(subscriber.stream)
}
