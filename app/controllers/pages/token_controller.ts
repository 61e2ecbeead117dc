import type { HttpContext } from '@adonisjs/core/http'
import { readCandles } from '#feed/candles'
import { newestPosition } from '#feed/feed_events'
import { formatPosition, marketTypes } from '#feed/stream_position'
import { readTokenStory } from '#feed/token_story'
import { marketReader } from '#http/money'
import { watchingOf } from '#http/watching'
import { candleChart } from '#views/candle_chart'
import { tokenView } from '#views/token_view'

export default class TokenController {
  /** Everything stored about one token. */
  async show(ctx: HttpContext) {
    const address = String(ctx.params.address)
    const since = formatPosition(await newestPosition(marketTypes()))
    const story = /^0x[0-9a-f]{40}$/i.test(address)
      ? await readTokenStory(address.toLowerCase())
      : null

    if (!story) {
      ctx.response.status(404)
      return ctx.view.render('pages/errors/unknown_token', { address })
    }

    const reader = await marketReader(ctx)
    const candles = await readCandles(story.token)
    return ctx.view.render('pages/token', {
      token: tokenView(story, reader),
      currency: reader.money.currency,
      chart: candles && candleChart(candles, reader.locale),
      since,
      watching: await watchingOf(ctx),
    })
  }
}
