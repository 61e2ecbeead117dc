import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { errors } from '@adonisjs/limiter'
import limiter from '@adonisjs/limiter/services/main'
import { payLimits } from '#config/limiter'
import { visitorNetwork } from '#foundation/net/client_address'

/** Lets one visitor try links to pay, and one link be tried, so many times a minute. */
export default class PayLimitMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { request, response, view, params } = ctx
    // The link is a secret, and good for one tap.
    response.header('cache-control', 'no-store')
    try {
      await limiter.use(payLimits.visitor).consume(`pay:${visitorNetwork(request.ip())}`)
      await limiter.use(payLimits.pass).consume(`pass:${params.pass}`)
    } catch (error) {
      if (!(error instanceof errors.E_TOO_MANY_REQUESTS)) {
        throw error
      }
      response.status(429).header('retry-after', error.response.availableIn)
      return response.send(await view.render('pages/pay_pass', { pass: null, isTooMany: true }))
    }
    return next()
  }
}
