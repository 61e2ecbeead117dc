import type { HttpContext } from '@adonisjs/core/http'
import { candlesIn } from '#feed/candles'
import { newestPosition } from '#feed/feed_events'
import { holdersIn } from '#feed/holders'
import { formatPosition, marketTypes } from '#feed/stream_position'
import { readTokenStory } from '#feed/token_story'
import { newestTrades } from '#feed/token_trades'
import { marketReader } from '#http/money'
import { watchingOf } from '#http/watching'
import { candleChart } from '#views/candle_chart'
import { holdersView } from '#views/holders_view'
import { tokenView, tradesView } from '#views/token_view'
import { readTokenQuery } from '#validators/feed_query'

const MINUTE_MS = 60_000

export default class TokenController {
  /** Everything stored about one token. Older trades, and those of one trader, stand still. */
  async show(ctx: HttpContext) {
    const address = String(ctx.params.address)
    const query = await readTokenQuery(ctx.request.qs())
    const since = formatPosition(await newestPosition(marketTypes()))
    const story = /^0x[0-9a-f]{40}$/i.test(address)
      ? await readTokenStory(address.toLowerCase(), query)
      : null

    if (!story) {
      ctx.response.status(404)
      return ctx.view.render('pages/errors/unknown_token', { address })
    }

    const reader = await marketReader(ctx)
    const trades = await newestTrades(story.token)
    const candles = candlesIn(trades, query.interval && query.interval * MINUTE_MS)
    const holders = holdersIn(trades)
    return ctx.view.render('pages/token', {
      token: tokenView(story, reader),
      trades: tradesView(story, query),
      currency: reader.money.currency,
      chart: candles && candleChart(candles, reader.locale),
      holders: holders && holdersView(holders, story, reader.locale),
      since: query.before || query.trader ? null : since,
      watching: await watchingOf(ctx),
    })
  }
}
