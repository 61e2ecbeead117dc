import type { HttpContext } from '@adonisjs/core/http'
import { newestPosition } from '#feed/feed_events'
import { newestLaunches } from '#feed/launch_cards'
import { formatPosition, marketTypes } from '#feed/stream_position'
import { systemClock } from '#foundation/clock'
import { feedFilters } from '#views/feed_filters'
import { launchView } from '#views/launch_view'
import { visitorLocale } from '#http/language'
import { readFeedFilters } from '#validators/visitor_forms'

const ROWS = 50

export default class FeedController {
  /** The newest launches, as the page that then follows them live. */
  async show(ctx: HttpContext) {
    const filters = await readFeedFilters(ctx.request.qs())
    // Read before the rows: what is stored in between is sent again rather than lost.
    const since = formatPosition(await newestPosition(marketTypes()))
    const launches = await newestLaunches(filters, ROWS)

    const locale = visitorLocale(ctx)
    const now = systemClock.now()
    return ctx.view.render('pages/feed', {
      filters: feedFilters(filters),
      launches: launches.map((launch) => launchView(launch, locale, now)),
      since,
    })
  }
}
