import type { HttpContext } from '@adonisjs/core/http'
import { rotateSecret } from '#webhooks/endpoints/endpoint_secrets'
import { systemClock } from '#foundation/clock'
import { answerForm, NOT_OURS } from '#http/form_answers'
import { secretForm } from '#validators/operator/endpoint_forms'

const HOUR_MS = 3_600_000

export default class EndpointSecretsController {
  /** Gives the endpoint a new secret, which the next page shows this once. */
  async store(ctx: HttpContext) {
    const [error, form] = await secretForm.tryValidate(ctx.request.body())
    await answerForm(ctx, `/operator/webhooks/${ctx.params.id}`, async () => {
      if (error) return NOT_OURS
      const { secret } = await rotateSecret(ctx.params.id, form.overlap * HOUR_MS, systemClock)
      return { key: 'rotated', values: { hours: form.overlap }, secret }
    })
  }
}
