import vine, { errors } from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { INTERVALS } from '#feed/candles'
import { CURRENCIES } from '#market/convert'
import { SORTS } from '#market/market_wish'
import { WINDOW_NAMES } from '#market/minutes'
import { QUOTE_NAMES } from '#market/quote_value'
import { address, launchKind, sourceName } from '#validators/rules'

const MINUTE_MS = 60_000

const limit = () => vine.number().min(0).max(1e15).optional()

/** What figures of a token can be limited to, each from and to. Ages are in minutes. */
export const LIMITED = ['age', 'cap', 'liquidity', 'progress', 'volume', 'buys', 'sells'] as const

type Limited = (typeof LIMITED)[number]

export type LimitName = `${Limited}_${'min' | 'max'}`

const limits = Object.fromEntries(
  LIMITED.flatMap((name) => [`${name}_min`, `${name}_max`].map((end) => [end, limit()]))
) as Record<LimitName, ReturnType<typeof limit>>

const validator = vine.create({
  source: sourceName(),
  kind: launchKind(),
  stage: vine.enum(['nearly', 'watched'] as const).optional(),
  q: vine.string().trim().maxLength(100).optional(),
  sort: vine.enum(SORTS).optional(),
  window: vine.enum(WINDOW_NAMES).optional(),
  quote: vine.enum(QUOTE_NAMES).optional(),
  currency: vine.enum(CURRENCIES).optional(),
  ...limits,
  before: vine.number().withoutDecimals().positive().optional(),
  after: vine
    .string()
    .regex(/^[\d.e+-]{1,30}_\d{1,15}$/)
    .optional(),
})

const atomValidator = vine.create({ source: sourceName(), creator: address() })

const tokenValidator = vine.create({
  trader: address(),
  before: vine.number().withoutDecimals().positive().optional(),
  interval: vine
    .number()
    .in(INTERVALS.map((ms) => ms / MINUTE_MS))
    .optional(),
})

export type FeedQuery = Infer<typeof validator>

/**
 * The filters in a page's address. What is empty, or not one of ours, is left out: forms send what is not
 * filled in, and people follow old links.
 */
export function readFeedQuery(parameters: Parameters): Promise<FeedQuery> {
  return readKnown<FeedQuery>(validator as Validator<FeedQuery>, parameters)
}

/** Which launches a feed of Atom is of. */
export function readAtomQuery(parameters: Parameters): Promise<Infer<typeof atomValidator>> {
  return readKnown(atomValidator, parameters)
}

/** Which trades the page of a token shows, and how many minutes a candle stands for. */
export function readTokenQuery(parameters: Parameters): Promise<Infer<typeof tokenValidator>> {
  return readKnown(tokenValidator, parameters)
}

type Parameters = Record<string, unknown>

interface Validator<Output> {
  tryValidate: (value: unknown) => Promise<[unknown, Output | null]>
}

async function readKnown<Output>(
  known: Validator<Output>,
  parameters: Parameters
): Promise<Output> {
  const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''))
  const [error, filters] = await known.tryValidate(given)
  if (!error) return filters as Output

  const refused = error instanceof errors.E_VALIDATION_ERROR ? error.messages : []
  for (const { field } of refused as { field: string }[]) delete given[field]
  const [, others] = await known.tryValidate(given)
  return (others ?? {}) as Output
}
