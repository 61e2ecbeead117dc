import type { HttpContext } from '@adonisjs/core/http'
import { newestPosition } from '#feed/feed_events'
import { feedRows } from '#feed/feed_rows'
import { findLaunches } from '#feed/find_launches'
import { rankLaunches } from '#feed/rank_launches'
import { formatPosition, marketTypes } from '#feed/stream_position'
import { feedFilters, textOf } from '#views/feed_filters'
import { feedRowView } from '#views/feed_row_view'
import { priceView } from '#views/money_view'
import { feedWishOf, marketWishOf, placeIn } from '#http/feed_wish'
import { marketReader } from '#http/money'
import { savedViewsOf } from '#http/saved_views'
import { watchingOf } from '#http/watching'
import { readFeedQuery } from '#validators/feed_query'

const ROWS = 50

export default class FeedController {
  /**
   * The newest launches that match, as the page that then follows them live, or tokens in the order of a
   * figure. Further back it stands still.
   */
  async show(ctx: HttpContext) {
    const query = await readFeedQuery(ctx.request.qs())
    // Forms send what is not filled in: an address that is handed on is better without it.
    if (Object.values(ctx.request.qs()).includes('')) {
      return ctx.response
        .redirect()
        .status(303)
        .toPath(`/${textOf(query)}`)
    }
    const wish = feedWishOf(query)
    // Read before the rows: what is stored in between is sent again rather than lost.
    const since = formatPosition(await newestPosition(marketTypes()))
    const reader = await marketReader(ctx, query.currency)
    const watching = await watchingOf(ctx)
    if (wish.stage === 'watched' && watching === null) {
      const next = new URLSearchParams({ next: ctx.request.url(true) })
      return ctx.response.redirect().status(303).toPath(`/login?${next}`)
    }
    const market = marketWishOf(query, reader)
    const { rows, below } = market
      ? await rankLaunches(
          wish,
          market,
          { after: placeIn(query), limit: ROWS },
          watching ?? undefined
        )
      : await findLaunches(wish, { before: query.before, limit: ROWS }, watching ?? undefined)
    const launches = await feedRows(rows)

    const isStill = query.before || query.after || wish.q || wish.stage === 'nearly'
    return ctx.view.render('pages/feed', {
      filters: feedFilters(query, reader, below),
      views: savedViewsOf(ctx.request),
      coin: priceView(reader),
      launches: launches.map((row) => feedRowView(row, reader)),
      // Of what is searched for or sorted, and of older rows, nothing new is told.
      since: isStill || market ? null : since,
      // The places in an order change: the first page of one is drawn anew.
      isRanked: market !== null && !query.after,
      watching,
    })
  }
}
