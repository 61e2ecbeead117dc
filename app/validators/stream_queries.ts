import vine from '@vinejs/vine'
import { marketTypes, parsePosition, type StreamPosition } from '#feed/stream_position'
import { CURRENCIES } from '#market/convert'
import { locales } from '#http/language'
import { queryOf } from '#validators/strict'
import { address, sourceName } from '#validators/rules'
import type { HttpRequest } from '@adonisjs/core/http'
import { ApiError } from '#exceptions/api_error'
import type { FactType } from '#facts/registry'

/** A position of the stream, for readers that cannot set `Last-Event-ID` themselves. */
const sinceText = () => vine.string().optional()

export const streamQuery = queryOf({
  types: vine.enum(marketTypes()).optional(),
  source: sourceName(),
  token_address: address(),
  since: sinceText(),
})

/** What is asked of the stream of an account. */
export const ownStreamQuery = queryOf({ since: sinceText() })

/** Tokens whose trades one stream carries: one of each open tab. */
const MOST_TOKENS = 50

/**
 * What the open tabs of a browser ask of the stream that they share: fragments in their language, from
 * where they were rendered, and the trades of the tokens whose pages are among them.
 */
export const liveQuery = queryOf({
  locale: vine.enum(locales),
  currency: vine.enum(CURRENCIES).optional(),
  tokens: vine
    .string()
    .regex(new RegExp(`^0x[0-9a-f]{40}(?:,0x[0-9a-f]{40}){0,${MOST_TOKENS - 1}}$`))
    .optional()
    .transform((text) => text.split(',')),
  since: sinceText(),
})

/**
 * Where a stream's reader left off. The header wins: a browser that reconnects repeats the
 * address it first opened and adds the header.
 *
 * @param types what the stream carries
 * @throws ApiError (400) when the text is no position
 */
export function resumePosition(
  request: HttpRequest,
  since: string | undefined,
  types: readonly FactType[]
): StreamPosition | undefined {
  const text = request.header('last-event-id') ?? since
  if (text === undefined) return undefined

  const position = parsePosition(text, types)
  if (!position) {
    const message =
      'Last-Event-ID is not an id of this stream. Leave it out to start with what is new.'
    throw new ApiError(400, [{ code: 'invalid_last_event_id', message, field: 'Last-Event-ID' }])
  }
  return position
}
