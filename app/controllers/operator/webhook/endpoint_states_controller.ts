import type { HttpContext } from '@adonisjs/core/http'
import { disableEndpoint, enableEndpoint } from '#webhooks/endpoints/endpoint_state'
import { because } from '#models/reasons'
import { systemClock } from '#foundation/clock'
import { answerForm, NOT_OURS } from '#http/form_answers'
import { stateForm } from '#validators/operator/endpoint_forms'

export default class EndpointStatesController {
  /** Takes an endpoint out of service, or puts it back. */
  async update(ctx: HttpContext) {
    const { id } = ctx.params
    const [error, form] = await stateForm.tryValidate(ctx.request.body())
    await answerForm(ctx, `/operator/webhooks/${id}`, async () => {
      if (error) return NOT_OURS
      if (form.state === 'active') {
        await enableEndpoint(id, systemClock)
        return { key: 'enabled' }
      }
      await disableEndpoint(id, because('by_operator', form.reason), systemClock)
      return { key: 'disabled' }
    })
  }
}
