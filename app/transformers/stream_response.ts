import { finished } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import type { FeedStart, LiveFeed } from '#feed/live_feed'
import { StreamSubscriber, type Framing } from '#feed/stream_subscriber'
import { answerEvents } from '#transformers/event_response'

interface StreamOptions extends FeedStart {
  framing: Framing
  /** The event that tells a reader that it missed too much. Not set: it comes back for the rest. */
  tooMuch?: string
}

/** Answers a request with the live feed, until its reader leaves. */
export async function streamFeed(
  ctx: HttpContext,
  feed: LiveFeed,
  { framing, tooMuch, ...start }: StreamOptions
) {
  const subscriber = new StreamSubscriber(framing)
  const { isComplete, unsubscribe } = await feed.subscribe(subscriber, start)
  finished(subscriber.stream, () => unsubscribe())
  if (!isComplete) subscriber.end(tooMuch)

  answerEvents(ctx, subscriber.stream)
}
