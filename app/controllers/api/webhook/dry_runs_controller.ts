import type { HttpContext } from '@adonisjs/core/http'
import { dryRun } from '#delivery/endpoints/dry_run'
import { systemClock } from '#foundation/clock'
import { endpointDryRun } from '#validators/endpoint_bodies'

export default class DryRunsController {
  /** Tries a filter and a template on the newest stored events. */
  async store({ auth, request }: HttpContext) {
    const input = await endpointDryRun.read(request.body())
    const { event_types: eventTypes = ['*'], filter = null, template = null, limit = 20 } = input
    const ownerId = auth.getUserOrFail().reach
    return { data: await dryRun({ ownerId, eventTypes, filter, template, limit }, systemClock) }
  }
}
