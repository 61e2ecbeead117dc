import type { HttpContext } from '@adonisjs/core/http'
import settings from '#config/webhooks'
import { requirePro } from '#billing/plans/pro_users'
import { addEndpoint } from '#webhooks/endpoints/add_endpoint'
import { changeEndpoint } from '#webhooks/endpoints/change_endpoint'
import { deleteEndpoint } from '#webhooks/endpoints/endpoint_state'
import { listEndpointPage } from '#webhooks/endpoints/list_endpoints'
import { changeableEndpoint, ownedEndpoint } from '#webhooks/endpoints/find_endpoint'
import { pageAnswer, toPageRequest } from '#http/page_cursor'
import { systemClock } from '#foundation/clock'
import { toDestination, toSettings, endpointViews, oneEndpointView } from '#views/endpoint_view'
import { endpointChanges, newEndpoint, endpointQuery } from '#validators/endpoint_bodies'

/** Endpoints that the token's account may see: its own, or all for the operator. */
export default class EndpointsController {
  async index({ auth, request }: HttpContext) {
    const { page } = toPageRequest(await endpointQuery.read(request.qs()))
    const { rows, below } = await listEndpointPage(auth.getUserOrFail().reach, page)
    return pageAnswer({ rows: await endpointViews(rows), below }, (view) => view)
  }

  async show({ auth, params }: HttpContext) {
    const endpoint = await ownedEndpoint(params.id, auth.getUserOrFail().reach)
    return { data: await oneEndpointView(endpoint) }
  }

  /** Takes Pro. The answer holds the secret, this once; a robot of a group has none. */
  async store({ auth, request, response }: HttpContext) {
    const { reach } = auth.getUserOrFail()
    const { url, ...input } = await newEndpoint.read(request.body())
    await requirePro(reach, systemClock.now())
    const { endpoint, secret } = await addEndpoint(
      { url, ownerId: reach, ...toSettings(input), ...toDestination(input) },
      settings,
      systemClock
    )
    response.status(201).header('location', `/api/v1/webhook/endpoints/${endpoint.id}`)
    return { data: { ...(await oneEndpointView(endpoint)), secret } }
  }

  async update({ auth, params, request }: HttpContext) {
    const { reach } = auth.getUserOrFail()
    const { id } = await changeableEndpoint(params.id, reach)
    const { url, state, ...input } = await endpointChanges.read(request.body())
    if (state === 'active') await requirePro(reach, systemClock.now())
    const changes = { url, state, ...toSettings(input), ...toDestination(input) }
    const endpoint = await changeEndpoint(id, changes, settings.allowedNetworks, systemClock)
    return { data: await oneEndpointView(endpoint) }
  }

  async destroy({ auth, params, response }: HttpContext) {
    const { id } = await changeableEndpoint(params.id, auth.getUserOrFail().reach)
    await deleteEndpoint(id)
    return response.noContent()
  }
}
