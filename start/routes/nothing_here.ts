import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'

/** Answers a path that names nothing, within the middleware of its group. @throws E_ROUTE_NOT_FOUND */
export function nothingHere({ request }: HttpContext): never {
  throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
}
