import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { errors } from '@adonisjs/limiter'
import limiter from '@adonisjs/limiter/services/main'
import { loginLimit } from '#config/limiter'
import { visitorNetwork } from '#foundation/net/client_address'
import { refuseLogin } from '#views/login_page'

/** Lets one visitor ask for messages and have signatures checked so many times a minute. */
export default class LoginLimitMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    try {
      await limiter.use(loginLimit).consume(`login:${visitorNetwork(ctx.request.ip())}`)
    } catch (error) {
      if (!(error instanceof errors.E_TOO_MANY_REQUESTS)) {
        throw error
      }
      ctx.response.header('retry-after', error.response.availableIn)
      return ctx.response.send(await refuseLogin(ctx, 'too_many'))
    }
    return next()
  }
}
