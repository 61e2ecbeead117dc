import type { HttpContext } from '@adonisjs/core/http'
import { openPayDesk } from '#billing/paying/pay_desk'
import { payState } from '#billing/paying/pay_state'
import { openQuote } from '#billing/quotes/open_quote'
import billingConfig from '#config/billing'
import plansConfig from '#config/plans'
import { systemClock } from '#foundation/clock'
import { readerOf, renewView } from '#views/renew/renew_view'
import { planChoiceValidator } from '#validators/renew_validator'

export default class RenewController {
  /** Offers the plans, and shows how to pay for the one that was chosen and how far that is. */
  async show(ctx: HttpContext) {
    const user = ctx.auth.use('web').getUserOrFail()
    const desk = await openPayDesk(user.id, billingConfig, systemClock)
    if ('closed' in desk) {
      ctx.logger.error(`nobody can pay: ${desk.cause.message}`)
      ctx.response.status(503)
      return ctx.view.render('pages/renew', { closed: desk.closed })
    }
    const reader = readerOf(ctx, user, systemClock.now())
    const state = await payState(user.id, desk.to, reader.now)
    return ctx.view.render('pages/renew', renewView(state, desk.to, reader))
  }

  /** Names the price of a plan, good for a day. */
  async store({ auth, request, response }: HttpContext) {
    const { plan } = await planChoiceValidator.validate(request.body())
    const { id } = auth.use('web').getUserOrFail()
    await openQuote(id, plan, { terms: plansConfig, clock: systemClock })
    return response.redirect().status(303).toPath('/renew#pay')
  }
}
