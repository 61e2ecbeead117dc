import type { HttpContext } from '@adonisjs/core/http'
import router from '@adonisjs/core/services/router'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The routes that answer whatever nothing else does. */
const CATCH_ALL = new Set(['missing', 'assets', 'favicon'])

/**
 * What can be done at the URL of a request for which there is no route, as `Allow` says it. Empty
 * where there is nothing at all.
 */
export function allowedMethods({ request }: HttpContext): string[] {
  const { shouldDecodeParam } = request.parsedUrl
  const allowed = METHODS.filter((method) => {
    const match = router.match(request.url(), method, shouldDecodeParam)
    return match && !CATCH_ALL.has(match.route.name ?? '')
  })
  return allowed.length > 0 ? [...allowed, 'OPTIONS'] : []
}
