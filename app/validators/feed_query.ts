import vine, { errors } from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { CURRENCIES } from '#market/convert'
import { SORTS } from '#market/market_wish'
import { WINDOW_NAMES } from '#market/minutes'
import { QUOTE_NAMES } from '#market/quote_value'
import { launchKind, sourceName } from '#validators/rules'

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

export type FeedQuery = Infer<typeof validator>

/**
 * The filters in a page's address. What is empty, or not one of ours, is left out: forms send what is not
 * filled in, and people follow old links.
 */
export async function readFeedQuery(parameters: Record<string, unknown>): Promise<FeedQuery> {
  const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''))
  const [error, filters] = await validator.tryValidate(given)
  if (!error) return filters

  const refused = error instanceof errors.E_VALIDATION_ERROR ? error.messages : []
  for (const { field } of refused as { field: string }[]) delete given[field]
  const [, others] = await validator.tryValidate(given)
  return others ?? {}
}
