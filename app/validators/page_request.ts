import { ApiError } from '#exceptions/api_error'
import { decodePageCursor } from '#feed/page_cursor'

const DEFAULT_LIMIT = 50

interface PageParameters {
  limit?: number
  cursor?: string
}

/**
 * Splits a list's parameters into which page and which facts.
 *
 * @throws ApiError (400) when the cursor is not one that a list has answered
 */
export function toPageRequest<Parameters extends PageParameters>(parameters: Parameters) {
  const { limit = DEFAULT_LIMIT, cursor, ...filters } = parameters
  if (cursor === undefined) return { filters, page: { limit } }

  const before = decodePageCursor(cursor)
  if (before === null) {
    const message = 'The cursor is not one of ours. Take it unchanged from meta.next_cursor.'
    throw new ApiError(400, [{ code: 'invalid_cursor', message, field: 'cursor' }])
  }
  return { filters, page: { limit, before } }
}
