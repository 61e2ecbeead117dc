import type { HttpContext } from '@adonisjs/core/http'
import { ApiError } from '#exceptions/api_error'

/**
 * How the body of a request is compressed, null for not at all. Names of codings are the same in any
 * case (RFC 9110 §8.4.1); what reads the body afterwards finds the name in lower case.
 *
 * @throws ApiError (415) for anything but those that are taken, which `Accept-Encoding` then names
 */
export function contentCoding<Coding extends string>(
  { request: { request }, response }: HttpContext,
  taken: readonly Coding[]
): Coding | null {
  const { headers } = request
  const named = headers['content-encoding']
    ?.trim()
    .toLowerCase()
    .replace(/^x-gzip$/, 'gzip')
  if (!named || named === 'identity') {
    delete headers['content-encoding']
    return null
  }

  const coding = taken.find((each) => each === named)
  if (coding) {
    headers['content-encoding'] = coding
    return coding
  }

  const accepted = [...taken, 'identity'].join(', ')
  response.header('accept-encoding', accepted)
  const message = `The body is compressed as "${named}"; send it as one of ${accepted}`
  throw new ApiError(415, [{ code: 'unsupported_content_encoding', message }])
}
