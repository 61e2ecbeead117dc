import { ApiError } from '#exceptions/api_error'
import { brokenTextIn } from '#foundation/text/whole_text'

/**
 * Refuses parameters with NUL or half of a surrogate pair in a text, which not every database and
 * receiver can hold.
 *
 * @param mended a field that may hold them
 * @throws ApiError (422) that names the field
 */
export function refuseBrokenText(parameters: unknown, mended?: string) {
  const field = brokenTextIn(parameters, mended)
  if (field !== null) {
    const message = `The ${field || 'whole'} parameter must hold neither NUL, which is one of the control characters, nor half of a surrogate pair`
    throw new ApiError(422, [{ code: 'invalid_parameter', message, field }])
  }
}
