import type { HttpContext } from '@adonisjs/core/http'
import { ownedEndpoint } from '#webhooks/endpoints/find_endpoint'
import { rotateSecret } from '#webhooks/endpoints/endpoint_secrets'
import { systemClock } from '#foundation/clock'
import { answerForm, NOT_OURS } from '#http/form_answers'
import { secretForm } from '#validators/webhook/endpoint_forms'

const HOUR_MS = 3_600_000

export default class EndpointSecretsController {
  /** Gives the endpoint a new secret, which the next page shows this once. */
  async store(ctx: HttpContext) {
    const { path, owner } = ctx.webhookPages
    const { id } = await ownedEndpoint(ctx.params.id, owner)
    const [error, form] = await secretForm.tryValidate(ctx.request.body())
    await answerForm(ctx, `${path}/${id}`, async () => {
      if (error) return NOT_OURS
      const { secret } = await rotateSecret(id, form.overlap * HOUR_MS, systemClock)
      return { key: 'rotated', values: { hours: form.overlap }, secret }
    })
  }
}
