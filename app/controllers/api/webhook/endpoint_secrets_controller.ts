import type { HttpContext } from '@adonisjs/core/http'
import { changeableEndpoint } from '#webhooks/endpoints/find_endpoint'
import { rotateSecret } from '#webhooks/endpoints/endpoint_secrets'
import { systemClock } from '#foundation/clock'
import { secretRotation } from '#validators/endpoint_bodies'

/** A day, in milliseconds: as long as a receiver needs that is rolled out once a day. */
const DEFAULT_OVERLAP_MS = 86_400_000

export default class EndpointSecretsController {
  /** Gives the endpoint a new secret, which the answer holds this once. */
  async store({ auth, params, request }: HttpContext) {
    const { id } = await changeableEndpoint(params.id, auth.getUserOrFail().reach)
    const { overlap_ms: overlap = DEFAULT_OVERLAP_MS } = await secretRotation.read(request.body())
    const { secret, oldUntil } = await rotateSecret(id, overlap, systemClock)
    return { data: { id, secret, old_secret_until: oldUntil } }
  }
}
