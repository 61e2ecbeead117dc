import type { HttpContext } from '@adonisjs/core/http'
import { newestPosition } from '#feed/feed_events'
import { feedRows } from '#feed/feed_rows'
import { findLaunches } from '#feed/find_launches'
import { formatPosition, marketTypes } from '#feed/stream_position'
import { systemClock } from '#foundation/clock'
import { feedFilters } from '#views/feed_filters'
import { feedRowView } from '#views/feed_row_view'
import { visitorLocale } from '#http/language'
import { watchingOf } from '#http/watching'
import { readFeedFilters } from '#validators/visitor_forms'

const ROWS = 50

export default class FeedController {
  /** The newest launches that match, as the page that then follows them live; further back it stands still. */
  async show(ctx: HttpContext) {
    const { before, ...wish } = await readFeedFilters(ctx.request.qs())
    // Read before the rows: what is stored in between is sent again rather than lost.
    const since = formatPosition(await newestPosition(marketTypes()))
    const now = systemClock.now()
    const watching = await watchingOf(ctx)
    if (wish.stage === 'watched' && watching === null) {
      const query = new URLSearchParams({ next: ctx.request.url(true) })
      return ctx.response.redirect().status(303).toPath(`/login?${query}`)
    }
    const { rows, below } = await findLaunches(wish, { before, limit: ROWS }, watching ?? undefined)
    const launches = await feedRows(rows, now)

    const locale = visitorLocale(ctx)
    return ctx.view.render('pages/feed', {
      filters: feedFilters(wish, below),
      launches: launches.map((row) => feedRowView(row, locale, now)),
      // Of what is searched for, and of older rows, nothing new is told.
      since: before || wish.q || wish.stage === 'nearly' ? null : since,
      watching,
    })
  }
}
