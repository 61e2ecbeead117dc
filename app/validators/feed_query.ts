import { launchKind, sourceName } from '#validators/rules'
import vine from '@vinejs/vine'

const validator = vine.create({ source: sourceName(), kind: launchKind() })

/** The filters in a page's address. What is not one of ours is left out: people follow old links. */
export async function readFeedFilters(parameters: Record<string, unknown>) {
  const [error, filters] = await validator.tryValidate(parameters)
  return error ? {} : filters
}
