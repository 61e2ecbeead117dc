import type { HttpContext } from '@adonisjs/core/http'
import { openCheckout } from '#billing/checkout/open_checkout'
import { stillDue, currentCheckout } from '#billing/checkout/checkout'
import billingConfig from '#config/billing'
import demoConfig from '#config/demo'
import { connect } from '#demo/chain/local_chain'
import { pay } from '#demo/test_wallet'
import { systemClock } from '#foundation/clock'
import { demoPaymentValidator } from '#validators/demo_forms'

export default class PaymentsController {
  /** Pays for the visitor of the demo: what is due, or a half of it. */
  async store({ auth, request, response }: HttpContext) {
    const { way } = await demoPaymentValidator.validate(request.body())
    const { id } = auth.use('web').getUserOrFail()
    const opened = await openCheckout(id, billingConfig, systemClock)
    const checkout = 'to' in opened ? await currentCheckout(id, opened.to, systemClock.now()) : null

    if ('to' in opened && checkout) {
      const due = stillDue(checkout)
      const payer = way === 'contract' ? 'contract' : 'account'
      const amount = way === 'half' ? due / 2n : due
      await pay(connect(demoConfig.chainUrl), payer, opened.to.address, amount)
    }
    return response.redirect().status(303).toPath('/renew#pay')
  }
}
