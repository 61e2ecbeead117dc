import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { streamLimits } from '#config/limiter'
import { ApiError } from '#exceptions/api_error'
import { visitorNetwork } from '#foundation/net/client_address'
import { OpenStreams } from '#http/open_streams'

/** When to ask again, in seconds. */
const RETRY_S = 30

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

export const openStreams = new OpenStreams(streamLimits)

/** Lets one account, one visitor (of IPv6 a /64), and all together keep so many event streams open. */
export default class StreamLimitMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { request, response } = ctx
    const address = LOOPBACK.test(request.ip()) ? null : visitorNetwork(request.ip())
    const end = openStreams.open(accountOf(ctx), address)
    if (!end) {
      response.header('retry-after', RETRY_S)
      const message = `Too many event streams are open. Close some, or try again in ${RETRY_S} s`
      throw new ApiError(429, [{ code: 'too_many_streams', message }])
    }
    response.response.once('close', end)
    return next()
  }
}

/** Public routes ask for no account, and have nothing to ask with. */
function accountOf(ctx: HttpContext): number | null {
  if (!('auth' in ctx)) return null
  const user = ctx.auth.use('web').user ?? ctx.auth.use('api').user
  return user?.id ?? null
}
