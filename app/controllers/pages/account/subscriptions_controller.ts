import type { HttpContext } from '@adonisjs/core/http'
import { systemClock } from '#foundation/clock'
import { backToPanel } from '#http/form_answers'
import { switchesValidator } from '#validators/account_forms'
import { setSwitches, allSwitches, switchName } from '#accounts/subscriptions'

export default class SubscriptionsController {
  /** Sets all switches at once, as the form has them. */
  async update(ctx: HttpContext) {
    const { switches } = await switchesValidator.validate(ctx.request.body())
    const wanted = allSwitches().filter((one) => switches.includes(switchName(one)))
    await setSwitches(ctx.auth.use('web').getUserOrFail().id, wanted, systemClock)
    backToPanel(ctx, 'switches', { key: 'saved' })
  }
}
