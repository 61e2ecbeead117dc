import type { HttpContext } from '@adonisjs/core/http'
import { openCheckout } from '#billing/checkout/open_checkout'
import { currentCheckout } from '#billing/checkout/checkout'
import { openQuote } from '#billing/checkout/open_quote'
import billingConfig from '#config/billing'
import plansConfig from '#config/plans'
import { systemClock } from '#foundation/clock'
import { marketReader } from '#http/money'
import { viewerOf } from '#http/viewer'
import { renewView } from '#views/renew_view'
import { planChoiceValidator } from '#validators/account_forms'

export default class RenewController {
  /** Offers the plans, and shows how to pay for the one that was chosen and how far that is. */
  async show(ctx: HttpContext) {
    const user = ctx.auth.use('web').getUserOrFail()
    const opened = await openCheckout(user.id, billingConfig, systemClock)
    if ('closed' in opened) {
      ctx.logger.error(`no payment can be made: ${opened.cause.message}`)
      ctx.response.status(503)
      return ctx.view.render('pages/renew', { closed: opened.closed })
    }
    const viewer = viewerOf(ctx)
    const checkout = await currentCheckout(user.id, opened.to, viewer.now)
    const reader = await marketReader(ctx)
    const page = renewView(checkout, opened.to, user, { viewer, reader })
    return ctx.view.render('pages/renew', page)
  }

  /** Names the price of a plan, good for a day. */
  async store({ auth, request, response }: HttpContext) {
    const { plan } = await planChoiceValidator.validate(request.body())
    const { id } = auth.use('web').getUserOrFail()
    await openQuote(id, plan, { terms: plansConfig, clock: systemClock })
    return response.redirect().status(303).toPath('/renew#pay')
  }
}
