import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { LiveFeed } from '#feed/live_feed'
import { Pulse } from '#feed/pulse'
import { marketTypes } from '#feed/stream_position'
import { beatFrames, marketFrames } from '#views/live_frames'
import { marketReaderIn, readerAt } from '#http/money'
import { streamFeed } from '#http/streams'
import { resumePosition, liveQuery } from '#validators/stream_queries'

/** More than this is not worth inserting: the page loads itself again. */
const MOST_MISSED = 500

@inject()
export default class LiveController {
  constructor(
    private readonly feed: LiveFeed,
    private readonly pulse: Pulse
  ) {}

  /** New rows as HTML fragments and how far the chain is read, for the pages that are open. */
  async show(ctx: HttpContext) {
    const { locale, currency, tokens = [], since } = await liveQuery.read(ctx.request.qs())

    await streamFeed(ctx, this.feed, {
      types: marketTypes(),
      since: resumePosition(ctx.request, since, marketTypes()),
      limit: MOST_MISSED,
      startOver: 'reload',
      framing: async (batch) => {
        return marketFrames(batch, tokens, await marketReaderIn(locale, currency))
      },
      alongside: (subscriber) =>
        this.pulse.listen((beat) => {
          const reader = readerAt(beat.price, locale, currency)
          for (const [event, data] of beatFrames(beat, reader)) subscriber.tell(event, data)
        }),
    })
  }
}
