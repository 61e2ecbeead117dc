import vine from '@vinejs/vine'
import { MARKET_TYPES } from '#feed/stream_position'
import { locales } from '#http/page_language'
import { queryOf } from '#validators/query'
import { address, launchKind, sourceName } from '#validators/rules'

/** A position of the stream, for readers that cannot set `Last-Event-ID` themselves. */
const since = () => vine.string().optional()

export const streamQuery = queryOf({
  types: vine.enum(MARKET_TYPES).optional(),
  source: sourceName(),
  token_address: address(),
  since: since(),
})

/** What is asked of the stream of an account. */
export const ownStreamQuery = queryOf({ since: since() })

/** What a page asks of its own stream: fragments in its language, from where it was rendered. */
export const liveQuery = queryOf({
  locale: vine.enum(locales),
  source: sourceName(),
  kind: launchKind(),
  token: address(),
  since: since(),
})
