import { isRefusal } from '#foundation/errors'
import { finished, Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import type { FeedStart, LiveFeed } from '#feed/live_feed'
import { StreamSubscriber, type Framing } from '#feed/stream_subscriber'
import { EventStream } from '#feed/event_stream'

interface StreamOptions extends FeedStart {
  framing: Framing
  /**
   * Set for the script of a page: the event that tells it to load the page anew, because it missed
   * too much or comes from another database. Its heartbeats are events, too. Not set: the reader
   * comes back for the rest.
   */
  startOver?: string
  /** Tells the reader more than facts until what it answers is called. */
  alongside?: (subscriber: StreamSubscriber) => () => void
  /** When it ends by itself, in milliseconds: its reader comes back and is asked for its rights again. */
  lifetimeMs?: number
}

/**
 * Answers a request with the live feed, until its reader leaves.
 *
 * @throws Refusal when the reader, which is no page, has a position that this feed never had
 */
export async function streamFeed(
  ctx: HttpContext,
  feed: LiveFeed,
  { framing, startOver, alongside, lifetimeMs, ...start }: StreamOptions
) {
  const subscriber = new StreamSubscriber(framing, startOver !== undefined)
  const { isComplete, unsubscribe } = await subscribe(feed, subscriber, start, startOver)
  const timer = lifetimeMs && setTimeout(() => subscriber.end(), lifetimeMs)
  const stop = isComplete ? alongside?.(subscriber) : undefined
  finished(subscriber.stream, () => {
    clearTimeout(timer)
    stop?.()
    unsubscribe()
  })
  if (!isComplete) subscriber.end(startOver)

  answerEvents(ctx, subscriber.stream)
}

/** A page from another database is at its end before it begins. */
async function subscribe(
  feed: LiveFeed,
  subscriber: StreamSubscriber,
  start: FeedStart,
  startOver: string | undefined
) {
  try {
    return await feed.subscribe(subscriber, start)
  } catch (error) {
    if (!startOver || !isRefusal(error, 'invalid_last_event_id')) throw error
    return { isComplete: false, unsubscribe: () => {} }
  }
}

/** Answers a request with server-sent events; HEAD with their headers alone, because no stream ends for it. */
export function answerEvents({ request, response }: HttpContext, stream: EventStream) {
  response.header('content-type', 'text/event-stream; charset=utf-8')
  response.header('cache-control', 'no-cache, no-transform')
  // nginx would hold events back until its buffer is full.
  response.header('x-accel-buffering', 'no')
  // A connection kept open after its stream would hold a process that is told to stop.
  response.header('connection', 'close')
  stream.outlet = response.response
  if (request.method() !== 'HEAD') return response.stream(stream)

  stream.destroy()
  response.stream(Readable.from([]))
}

/** Tells the script of a page, which waits for events, that the page has to be loaded anew. */
export function answerReload(ctx: HttpContext) {
  const stream = new EventStream(() => undefined)
  stream.send({ event: 'reload', data: 'end' })
  stream.end()
  answerEvents(ctx, stream)
}
