import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { LiveFeed } from '#feed/live_feed'
import type { FeedEvent } from '#feed/stream_position'
import { factTypes } from '#models/fact_types'
import { publicFact } from '#models/public_fact'
import { streamFeed } from '#transformers/stream_response'
import { resumePosition } from '#validators/resume_position'
import { streamQuery } from '#validators/stream_queries'

/** The most missed facts sent on one connection; its reader comes back for more by itself. */
const MOST_MISSED = 500

@inject()
export default class StreamController {
  constructor(private readonly feed: LiveFeed) {}

  /** Launches and trades as JSON, as they are stored; resumes exactly where `Last-Event-ID` says. */
  async show(ctx: HttpContext) {
    const { types, since, source, token_address: token } = await streamQuery.read(ctx.request.qs())
    const wanted = types ? [types] : ['launch', 'trade']
    const isWanted = ({ type, row }: FeedEvent) =>
      wanted.includes(type) &&
      (!source || row.source === source) &&
      (!token || row.token_address === token)

    await streamFeed(ctx, this.feed, {
      since: resumePosition(ctx.request, since),
      limit: MOST_MISSED,
      framing: ({ events }) => events.filter(isWanted).map(toFrame),
    })
  }
}

function toFrame({ type, row, position }: FeedEvent) {
  const data = JSON.stringify(publicFact(type, row))
  return { position, event: factTypes[type].eventType(row), data }
}
