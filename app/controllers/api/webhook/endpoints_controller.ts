import type { HttpContext } from '@adonisjs/core/http'
import { endpointActivity } from '#delivery/endpoints/endpoint_activity'
import { endpointPage } from '#delivery/endpoints/endpoint_page'
import { ownedEndpoint } from '#delivery/endpoints/owned_endpoint'
import { encodePageCursor } from '#feed/page_cursor'
import { endpointView } from '#transformers/endpoint_view'
import { endpointQuery } from '#validators/endpoint_queries'
import { toPageRequest } from '#validators/page_request'

export default class EndpointsController {
  /** The endpoints that the token may see, newest first. */
  async index({ auth, request }: HttpContext) {
    const { page } = toPageRequest(await endpointQuery.read(request.qs()))
    const endpoints = await endpointPage(auth.getUserOrFail().reach, page)
    const shown = endpoints.slice(0, page.limit)
    const activityOf = await endpointActivity(shown.map(({ id }) => id))
    const next = endpoints.length > page.limit ? encodePageCursor(shown.at(-1)!.id) : null

    return {
      data: shown.map((endpoint) => endpointView(endpoint, activityOf(endpoint.id))),
      meta: { next_cursor: next },
    }
  }

  async show({ auth, params }: HttpContext) {
    const endpoint = await ownedEndpoint(params.id, auth.getUserOrFail().reach)
    const activityOf = await endpointActivity([endpoint.id])
    return { data: endpointView(endpoint, activityOf(endpoint.id)) }
  }
}
