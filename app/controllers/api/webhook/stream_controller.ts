import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { LiveFeed } from '#feed/live_feed'
import { isOwn, ownTypes } from '#feed/stream_position'
import { streamFacts } from '#http/fact_stream'
import { ownStreamQuery } from '#validators/stream_queries'

/** After that its reader comes back with the token, which may have been revoked. */
const LIFETIME_MS = 10 * 60_000

@inject()
export default class StreamController {
  constructor(private readonly feed: LiveFeed) {}

  /** Every kind of fact that an endpoint of the token's account could be told of. */
  async show(ctx: HttpContext) {
    const { since } = await ownStreamQuery.read(ctx.request.qs())
    const { reach, currentAccessToken: token } = ctx.auth.use('api').getUserOrFail()

    await streamFacts(ctx, this.feed, {
      types: ownTypes(reach, token.allows('ocr:read')),
      since,
      isWanted: (event) => isOwn(reach, event),
      lifetimeMs: LIFETIME_MS,
    })
  }
}
