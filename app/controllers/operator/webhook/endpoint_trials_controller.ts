import { viewerOf } from '#http/viewer'
import type { HttpContext } from '@adonisjs/core/http'
import { dryRun } from '#webhooks/endpoints/dry_run'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { systemClock } from '#foundation/clock'
import {
  endpointFormView,
  mistakesIn,
  sentValues,
  FORM_PAGE,
  showAgain,
  showRefused,
} from '#views/operator/endpoint_form'
import { trialView } from '#views/operator/payload_view'
import { trialForm } from '#validators/operator/endpoint_forms'

const EVENTS = 20

export default class EndpointTrialsController {
  /** Shows what the form would send of the newest stored events, and saves nothing. */
  async store(ctx: HttpContext) {
    const endpoint = ctx.params.id === undefined ? null : await findEndpoint(ctx.params.id)
    const id = endpoint?.id ?? null
    const [error, form] = await trialForm.tryValidate(ctx.request.body())
    if (error) return showAgain(ctx, id, mistakesIn(error))

    const ownerId = endpoint?.ownerId ?? null
    try {
      const { event_types: eventTypes, filter, template } = form
      const wish = { ownerId, eventTypes, filter, template, limit: EVENTS }
      const trial = trialView(await dryRun(wish, systemClock), viewerOf(ctx))
      const shown = endpointFormView(id, sentValues(ctx.request.body()))
      return await ctx.view.render(FORM_PAGE, { ...shown, trial })
    } catch (refused) {
      return showRefused(ctx, id, refused)
    }
  }
}
