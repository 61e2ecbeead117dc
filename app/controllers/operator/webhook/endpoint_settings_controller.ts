import type { HttpContext } from '@adonisjs/core/http'
import settings from '#config/webhooks'
import { addEndpoint } from '#webhooks/endpoints/add_endpoint'
import { changeEndpoint } from '#webhooks/endpoints/change_endpoint'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { systemClock } from '#foundation/clock'
import { toDestination, toSettings } from '#views/endpoint_view'
import {
  endpointFormView,
  mistakesIn,
  newValues,
  storedValues,
  FORM_PAGE,
  showAgain,
  showRefused,
} from '#views/operator/endpoint_form'
import { answerForm, OF_ENVIRONMENT, type Notice } from '#http/form_answers'
import { endpointForm, type EndpointForm } from '#validators/operator/endpoint_forms'

export default class EndpointSettingsController {
  async create({ view }: HttpContext) {
    return view.render(FORM_PAGE, endpointFormView(null, newValues()))
  }

  /** Adds an endpoint; the next page shows its secret this once. */
  async store(ctx: HttpContext) {
    return this.#save(ctx, null, async ({ url, ...input }) => {
      const wish = { url, ...toSettings(input), ...toDestination(input) }
      const { endpoint, secret } = await addEndpoint(wish, settings, systemClock)
      return { id: endpoint.id, notice: { key: 'added', secret } }
    })
  }

  async edit(ctx: HttpContext) {
    const endpoint = await findEndpoint(ctx.params.id)
    if (endpoint.origin === 'env') return this.#refuse(ctx)
    return ctx.view.render(FORM_PAGE, endpointFormView(endpoint.id, storedValues(endpoint)))
  }

  async update(ctx: HttpContext) {
    const { id, origin } = await findEndpoint(ctx.params.id)
    if (origin === 'env') return this.#refuse(ctx)
    return this.#save(ctx, id, async ({ url, ...input }) => {
      // An empty secret leaves the one that is stored: a form does not show it.
      const robotSecret = input.robot_secret ?? undefined
      const changes = { url, ...toSettings(input), ...toDestination(input), robotSecret }
      await changeEndpoint(id, changes, settings.allowedNetworks, systemClock)
      return { id, notice: { key: 'saved' } }
    })
  }

  #refuse(ctx: HttpContext) {
    return answerForm(ctx, `/operator/webhooks/${ctx.params.id}`, async () => OF_ENVIRONMENT)
  }

  /** Saves a form that is in order; shows any other again, with what is wrong beside the fields. */
  async #save(
    ctx: HttpContext,
    id: number | null,
    work: (form: EndpointForm) => Promise<{ id: number; notice: Notice }>
  ) {
    const [error, form] = await endpointForm.tryValidate(ctx.request.body())
    if (error) return showAgain(ctx, id, mistakesIn(error))
    try {
      const saved = await work(form)
      return await answerForm(ctx, `/operator/webhooks/${saved.id}`, async () => saved.notice)
    } catch (refused) {
      return showRefused(ctx, id, refused)
    }
  }
}
