import type { HttpContext } from '@adonisjs/core/http'
import type { LiveFeed } from '#feed/live_feed'
import type { Frame } from '#feed/stream_subscriber'
import type { FeedEvent } from '#feed/stream_position'
import { factTypes, type FactType } from '#facts/registry'
import { publicFact } from '#facts/public_fact'
import { streamFeed } from '#http/streams'
import { resumePosition } from '#validators/stream_queries'

/** The most missed facts sent on one connection; its reader comes back for more by itself. */
const MOST_MISSED = 500

interface FactStream {
  /** The kinds of facts that it carries. */
  types: readonly FactType[]
  /** Where its reader wants to begin, if it cannot send `Last-Event-ID`. */
  since: string | undefined
  isWanted: (event: FeedEvent) => boolean
  /** In milliseconds; for ever unless given. */
  lifetimeMs?: number
}

/** Answers a request with facts as JSON, as they are stored; resumes exactly where `Last-Event-ID` says. */
export function streamFacts(
  ctx: HttpContext,
  feed: LiveFeed,
  { since, isWanted, ...stream }: FactStream
) {
  return streamFeed(ctx, feed, {
    ...stream,
    since: resumePosition(ctx.request, since, stream.types),
    limit: MOST_MISSED,
    framing: ({ events }) => events.filter(isWanted).map(toFrame),
  })
}

/** Made once for all readers. */
const frames = new WeakMap<FeedEvent, Frame>()

function toFrame(event: FeedEvent): Frame {
  const known = frames.get(event)
  if (known) return known

  const { type, row, position } = event
  const data = JSON.stringify(publicFact(type, row))
  const frame = { position, event: factTypes[type].eventType(row), data }
  frames.set(event, frame)
  return frame
}
