import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { LiveFeed } from '#feed/live_feed'
import { marketTypes } from '#feed/stream_position'
import { feedFrames, tokenFrames } from '#views/live_frames'
import { streamFeed } from '#http/streams'
import { resumePosition, liveQuery } from '#validators/stream_queries'

/** More than this is not worth inserting: the page loads itself again. */
const MOST_MISSED = 100

@inject()
export default class LiveController {
  constructor(private readonly feed: LiveFeed) {}

  /** New rows as HTML fragments, for the pages that are open. */
  async show(ctx: HttpContext) {
    const { locale, token, since, ...wish } = await liveQuery.read(ctx.request.qs())

    await streamFeed(ctx, this.feed, {
      types: marketTypes(),
      since: resumePosition(ctx.request, since, marketTypes()),
      limit: MOST_MISSED,
      startOver: 'reload',
      framing: (batch) =>
        token ? tokenFrames(batch, token, locale) : feedFrames(batch, wish, locale),
    })
  }
}
