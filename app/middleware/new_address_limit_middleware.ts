import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { errors } from '@adonisjs/limiter'
import limiter from '@adonisjs/limiter/services/main'
import billingConfig from '#config/billing'
import { newAddressLimit } from '#config/limiter'
import { visitorNetwork } from '#foundation/net/client_address'
import DepositAddress from '#models/deposit_address'

/** Lets one visitor open the pay page of so many accounts that have no address yet. */
export default class NewAddressLimitMiddleware {
  async handle({ auth, request, response, view }: HttpContext, next: NextFn) {
    const { id: userId } = auth.use('web').getUserOrFail()
    const { chainId, xpub } = billingConfig
    if (!xpub || (await DepositAddress.query().where({ chainId, userId }).first())) return next()

    try {
      await limiter.use(newAddressLimit).consume(`address:${visitorNetwork(request.ip())}`)
    } catch (error) {
      if (!(error instanceof errors.E_TOO_MANY_REQUESTS)) throw error
      response.status(429).header('retry-after', error.response.availableIn)
      return response.send(await view.render('pages/renew', { closed: 'too_many' }))
    }
    return next()
  }
}
