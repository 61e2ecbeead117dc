import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import marketConfig from '#config/market'
import { readTokenStory } from '#feed/token_story'
import { SharedReads } from '#feed/shared_reads'
import { systemClock } from '#foundation/clock'
import { readMarkets } from '#market/token_market'
import { languageState, visitorLocale } from '#http/language'
import { marketReaderIn } from '#http/money'
import { cardText } from '#views/card/card_text'
import { drawCard } from '#views/card/draw_card'
import { cardFont } from '#views/card/fonts'
import { tokenCard } from '#views/card/token_card'

/** How long one drawing serves all, in milliseconds, and how long others may keep it, in seconds. */
const DRAWN_FOR_MS = 60_000
const KEPT_S = 300

/** So long one who was sent away may wait, in seconds. */
const RETRY_S = 10

const cards = new SharedReads<Uint8Array | null | undefined>(DRAWN_FOR_MS, systemClock)

export default class TokenCardsController {
  /** The picture of a token that chats and networks show beside a link to its page. */
  async show(ctx: HttpContext) {
    const { response } = ctx
    const token = String(ctx.params.address).toLowerCase()
    // Our own font has no Chinese letters.
    const locale = marketConfig.cardFont ? visitorLocale(ctx) : 'en'
    const png = /^0x[0-9a-f]{40}$/.test(token)
      ? await cards.get(`${token} ${locale}`, () => draw(token, locale))
      : undefined

    if (png === undefined) return response.status(404).header('cache-control', 'no-store').send('')
    if (png === null) return response.status(503).header('retry-after', RETRY_S).send('')
    response.header('vary', 'accept-language, cookie')
    response.header('cache-control', `public, max-age=${KEPT_S}`)
    return response.header('content-type', 'image/png').send(Buffer.from(png))
  }
}

/** Undefined where nothing is stored of the token, null where it cannot be drawn now. */
async function draw(token: string, locale: ReturnType<typeof visitorLocale>) {
  const story = await readTokenStory(token)
  if (!story) return undefined

  const markets = await readMarkets(db.connection(), [token])
  const reader = await marketReaderIn(locale, 'USD')
  const text = cardText(story, markets.get(token) ?? null, reader, languageState(locale).t)
  return drawCard(tokenCard(text, cardFont))
}
