import type { HttpContext } from '@adonisjs/core/http'
import { openPayDesk } from '#billing/paying/pay_desk'
import { stillDue } from '#billing/paying/pay_stage'
import { payState } from '#billing/paying/pay_state'
import billingConfig from '#config/billing'
import demoConfig from '#config/demo'
import { connect } from '#demo/chain/local_chain'
import { pay } from '#demo/test_wallet'
import { systemClock } from '#foundation/clock'
import { demoPaymentValidator } from '#validators/demo_validators'

export default class PaymentsController {
  /** Pays for whoever tries the demo: what is due, or a half of it. */
  async store({ auth, request, response }: HttpContext) {
    const { way } = await demoPaymentValidator.validate(request.body())
    const { id } = auth.use('web').getUserOrFail()
    const desk = await openPayDesk(id, billingConfig, systemClock)
    const state = 'to' in desk ? await payState(id, desk.to, systemClock.now()) : null

    if ('to' in desk && state) {
      const due = stillDue(state)
      const payer = way === 'contract' ? 'contract' : 'account'
      const amount = way === 'half' ? due / 2n : due
      await pay(connect(demoConfig.chainUrl), payer, desk.to.address, amount)
    }
    return response.redirect().status(303).toPath('/renew#pay')
  }
}
