import { finished } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import type { FeedStart, LiveFeed } from '#feed/live_feed'
import { StreamSubscriber, type Framing } from '#feed/stream_subscriber'
import { answerEvents } from '#transformers/event_response'

interface StreamOptions extends FeedStart {
  framing: Framing
  /** The event that tells a reader that it missed too much. Not set: it comes back for the rest. */
  tooMuch?: string
  /** When it ends by itself, in milliseconds: its reader comes back and is asked for its rights again. */
  lifetimeMs?: number
}

/** Answers a request with the live feed, until its reader leaves. */
export async function streamFeed(
  ctx: HttpContext,
  feed: LiveFeed,
  { framing, tooMuch, lifetimeMs, ...start }: StreamOptions
) {
  const subscriber = new StreamSubscriber(framing)
  const { isComplete, unsubscribe } = await feed.subscribe(subscriber, start)
  const timer = lifetimeMs && setTimeout(() => subscriber.end(), lifetimeMs)
  finished(subscriber.stream, () => {
    clearTimeout(timer)
    unsubscribe()
  })
  if (!isComplete) subscriber.end(tooMuch)

  answerEvents(ctx, subscriber.stream)
}
