import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { LiveFeed } from '#feed/live_feed'
import { marketTypes } from '#feed/stream_position'
import { streamFacts } from '#http/fact_stream'
import { streamQuery } from '#validators/stream_queries'

@inject()
export default class StreamController {
  constructor(private readonly feed: LiveFeed) {}

  /** Launches and trades; needs no token. */
  async show(ctx: HttpContext) {
    const { types, since, source, token_address: token } = await streamQuery.read(ctx.request.qs())

    await streamFacts(ctx, this.feed, {
      types: marketTypes(),
      since,
      isWanted: ({ type, row }) =>
        (!types || type === types) &&
        (!source || row.source === source) &&
        (!token || row.token_address === token),
    })
  }
}
