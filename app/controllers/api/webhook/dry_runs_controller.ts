import type { HttpContext } from '@adonisjs/core/http'
import { tokenLimit } from '#config/limiter'
import { dryRun } from '#webhooks/endpoints/dry_run'
import { systemClock } from '#foundation/clock'
import { spendRequest } from '#middleware/rate_limit'
import { triedEventAnswer } from '#views/endpoint_answers'
import { endpointDryRun } from '#validators/endpoint_bodies'

/** One dry run takes no more than this share of a token's minute, however low its limit is. */
const MOST_OF_A_MINUTE = 0.5

export default class DryRunsController {
  /** Tries a filter and a template on the newest stored events; each counts as a request. */
  async store({ auth, request, response }: HttpContext) {
    const input = await endpointDryRun.read(request.body())
    const { event_types: eventTypes = ['*'], filter = null, template = null, limit = 20 } = input
    const { currentAccessToken: token } = auth.use('api').getUserOrFail()
    const cost = Math.min(limit, Math.floor(tokenLimit.requests * MOST_OF_A_MINUTE))
    await spendRequest(response, String(token.identifier), cost)
    const ownerId = auth.getUserOrFail().reach
    const events = await dryRun({ ownerId, eventTypes, filter, template, limit }, systemClock)
    return { data: events.map(triedEventAnswer) }
  }
}
