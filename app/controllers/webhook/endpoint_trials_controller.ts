import { viewerOf } from '#http/viewer'
import type { HttpContext } from '@adonisjs/core/http'
import { dryRun } from '#webhooks/endpoints/dry_run'
import { ownedEndpoint } from '#webhooks/endpoints/find_endpoint'
import { systemClock } from '#foundation/clock'
import {
  endpointFormView,
  mistakesIn,
  sentValues,
  FORM_PAGE,
  showAgain,
  showRefused,
} from '#views/webhook/endpoint_form'
import { trialView } from '#views/webhook/payload_view'
import { trialForm } from '#validators/webhook/endpoint_forms'

const EVENTS = 20

export default class EndpointTrialsController {
  /** Shows what the form would send of the newest stored events, and saves nothing. */
  async store(ctx: HttpContext) {
    const { owner } = ctx.webhookPages
    const endpoint = ctx.params.id === undefined ? null : await ownedEndpoint(ctx.params.id, owner)
    const id = endpoint?.id ?? null
    const [error, form] = await trialForm.tryValidate(ctx.request.body())
    if (error) return showAgain(ctx, id, mistakesIn(error))

    const ownerId = endpoint === null ? owner : endpoint.ownerId
    try {
      const { event_types: eventTypes, filter, template } = form
      const wish = { ownerId, eventTypes, filter, template, limit: EVENTS }
      const trial = trialView(await dryRun(wish, systemClock), viewerOf(ctx))
      const shown = endpointFormView(ctx.webhookPages, id, sentValues(ctx.request.body()))
      return await ctx.view.render(FORM_PAGE, { ...shown, trial })
    } catch (refused) {
      return showRefused(ctx, id, refused)
    }
  }
}
