import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import healthConfig from '#config/health'
import { ApiError } from '#exceptions/api_error'
import { isSameText } from '#foundation/text/same_text'

const refuse = (status: number, code: string, message: string) =>
  new ApiError(status, [{ code, message }])

/**
 * Lets programs in that show the operator's key as a bearer token. A browser, which shows none, is
 * led to the page that tells the same.
 */
export default class InternalMiddleware {
  /** @throws ApiError (401, or 403 where there is no key) */
  async handle({ request, response }: HttpContext, next: NextFn) {
    const shown = request.header('authorization')
    if (!shown && request.method() === 'GET' && request.accepts(['json', 'html']) === 'html') {
      return response.redirect().status(303).toPath('/operator/health')
    }

    const { internalKey } = healthConfig
    if (!internalKey) {
      const message = 'No caller can be known here: the operator has to set INTERNAL_API_KEY'
      throw refuse(403, 'internal_key_not_set', message)
    }
    response.header('cache-control', 'no-store')
    if (!isSameText(shown, `Bearer ${internalKey}`)) {
      response.header('www-authenticate', 'Bearer realm="regou internal"')
      throw shown
        ? refuse(401, 'invalid_key', 'This is not what INTERNAL_API_KEY is')
        : refuse(401, 'missing_key', 'Show the key: "Authorization: Bearer $INTERNAL_API_KEY"')
    }
    return next()
  }
}
