import vine from '@vinejs/vine'
import { locales } from '#transformers/page_language'
import { queryOf } from '#validators/query'
import { address, launchKind, sourceName } from '#validators/rules'

const streamedTypes = ['launch', 'trade'] as const

/** `since` is a position of the stream, for readers that cannot set `Last-Event-ID` themselves. */
export const streamQuery = queryOf({
  types: vine.enum(streamedTypes).optional(),
  source: sourceName(),
  token_address: address(),
  since: vine.string().optional(),
})

/** What a page asks of its own stream: fragments in its language, from where it was rendered. */
export const liveQuery = queryOf({
  locale: vine.enum(locales),
  source: sourceName(),
  kind: launchKind(),
  token: address(),
  since: vine.string().optional(),
})
