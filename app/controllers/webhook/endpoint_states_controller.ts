import type { HttpContext } from '@adonisjs/core/http'
import { requirePro } from '#billing/plans/pro_users'
import { ownedEndpoint } from '#webhooks/endpoints/find_endpoint'
import { disableEndpoint, enableEndpoint } from '#webhooks/endpoints/endpoint_state'
import { because } from '#models/reasons'
import { systemClock } from '#foundation/clock'
import { answerForm, NOT_OURS } from '#http/form_answers'
import { stateForm } from '#validators/webhook/endpoint_forms'

export default class EndpointStatesController {
  /** Takes an endpoint out of service, or puts it back. */
  async update(ctx: HttpContext) {
    const { path, owner } = ctx.webhookPages
    const { id } = await ownedEndpoint(ctx.params.id, owner)
    const [error, form] = await stateForm.tryValidate(ctx.request.body())
    await answerForm(ctx, `${path}/${id}`, async () => {
      if (error) return NOT_OURS
      if (form.state === 'active') {
        await requirePro(owner, systemClock.now())
        await enableEndpoint(id, systemClock)
        return { key: 'enabled' }
      }
      const cause = owner === null ? because('by_operator', form.reason) : because('by_owner')
      await disableEndpoint(id, cause, systemClock)
      return { key: 'disabled' }
    })
  }
}
