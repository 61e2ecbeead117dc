import { isRefusal } from '#foundation/errors'
import type { HttpContext } from '@adonisjs/core/http'
import settings from '#config/webhooks'
import { requirePro } from '#billing/plans/pro_users'
import { addEndpoint } from '#webhooks/endpoints/add_endpoint'
import { changeEndpoint } from '#webhooks/endpoints/change_endpoint'
import { ownedEndpoint } from '#webhooks/endpoints/find_endpoint'
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
} from '#views/webhook/endpoint_form'
import { answerForm, OF_ENVIRONMENT, type Notice } from '#http/form_answers'
import { endpointForm, type EndpointForm } from '#validators/webhook/endpoint_forms'

export default class EndpointSettingsController {
  /** A link may fill in the URL. */
  async create({ request, view, webhookPages }: HttpContext) {
    const values = { ...newValues(), url: String(request.input('url', '')) }
    return view.render(FORM_PAGE, endpointFormView(webhookPages, null, values))
  }

  /** Adds an endpoint; the next page shows its secret this once. */
  async store(ctx: HttpContext) {
    const { owner: ownerId } = ctx.webhookPages
    return this.#save(ctx, null, async ({ url, ...input }) => {
      await requirePro(ownerId, systemClock.now())
      const wish = { url, ownerId, ...toSettings(input), ...toDestination(input) }
      const { endpoint, secret } = await addEndpoint(wish, settings, systemClock)
      return { id: endpoint.id, notice: { key: 'added', secret } }
    })
  }

  async edit(ctx: HttpContext) {
    const { webhookPages } = ctx
    const endpoint = await ownedEndpoint(ctx.params.id, webhookPages.owner)
    if (endpoint.origin === 'env') return this.#refuse(ctx)
    const form = endpointFormView(webhookPages, endpoint.id, storedValues(endpoint))
    return ctx.view.render(FORM_PAGE, form)
  }

  async update(ctx: HttpContext) {
    const { id, origin } = await ownedEndpoint(ctx.params.id, ctx.webhookPages.owner)
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
    const { path } = ctx.webhookPages
    return answerForm(ctx, `${path}/${ctx.params.id}`, async () => OF_ENVIRONMENT)
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
      return await answerForm(ctx, `${ctx.webhookPages.path}/${saved.id}`, async () => saved.notice)
    } catch (refused) {
      if (isRefusal(refused, 'invalid_parameter')) return showRefused(ctx, id, refused)
      return answerForm(ctx, ctx.webhookPages.path, async () => Promise.reject(refused))
    }
  }
}
