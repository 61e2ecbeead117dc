import type { HttpContext } from '@adonisjs/core/http'
import { searchDeliveries } from '#webhooks/deliveries/search_deliveries'
import { deleteEndpoint } from '#webhooks/endpoints/endpoint_state'
import { endpointActivity } from '#webhooks/endpoints/list_endpoints'
import { statsOf, totalStats } from '#webhooks/endpoints/delivery_stats'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { WEBHOOK } from '#webhooks/sending/webhook_subscribers'
import { countWaiting } from '#delivery/queue/waiting_jobs'
import { endpointConditions, listEndpoints } from '#webhooks/endpoints/list_endpoints'
import { changeableEndpoint } from '#webhooks/endpoints/find_endpoint'
import { recentAttempts } from '#webhooks/endpoints/recent_attempts'
import { listReplays } from '#webhooks/replays/find_replay'
import { systemClock } from '#foundation/clock'
import { toDeliveryFilters, endpointPageView } from '#views/operator/endpoint_page_view'
import { endpointListView } from '#views/operator/endpoint_list_view'
import { endpointPage } from '#views/operator/endpoint_page'
import { answerForm } from '#http/form_answers'
import { viewerOf } from '#http/viewer'
import { SPARKS } from '#views/operator/bars'
import { readDeliverySearch } from '#validators/operator/delivery_forms'
import { readEndpointList } from '#validators/operator/endpoint_forms'

const DELIVERIES = 25
const REPLAYS = 10

export default class EndpointsController {
  /** Every endpoint and how it does. */
  async index(ctx: HttpContext) {
    const wish = await readEndpointList(ctx.request.qs())
    const page = endpointPage(await endpointConditions(), wish)
    const stored = {
      page,
      endpoints: await listEndpoints(page.shown),
      stats: await statsOf(page.shown),
      attempts: await recentAttempts(page.shown, SPARKS),
      total: await totalStats(),
      pending: await countWaiting(WEBHOOK),
    }
    return ctx.view.render('pages/operator/endpoints', endpointListView(stored, viewerOf(ctx)))
  }

  /** One endpoint: its health, its settings, and what was sent to it. */
  async show(ctx: HttpContext) {
    const endpoint = await findEndpoint(ctx.params.id)
    const search = await readDeliverySearch(ctx.request.qs())
    const page = { before: search.before, limit: DELIVERIES }
    const filters = toDeliveryFilters(endpoint.id, search.wish, systemClock.now())

    const [deliveries, stats, activityOf, attempts, replays] = await Promise.all([
      searchDeliveries(null, filters, page),
      statsOf([endpoint.id]),
      endpointActivity([endpoint.id]),
      recentAttempts([endpoint.id], SPARKS),
      listReplays(endpoint.id, { limit: REPLAYS }),
    ])
    return ctx.view.render(
      'pages/operator/endpoint',
      endpointPageView(
        {
          endpoint,
          activity: activityOf(endpoint.id),
          stats: stats.get(endpoint.id)!,
          attempts: attempts.get(endpoint.id) ?? [],
          deliveries,
          search,
          replays: replays.rows,
        },
        viewerOf(ctx)
      )
    )
  }

  /** Deletes it; what was sent stays on record. */
  async destroy(ctx: HttpContext) {
    await answerForm(ctx, '/operator/webhooks', async () => {
      const { id, url } = await changeableEndpoint(ctx.params.id, null)
      await deleteEndpoint(id)
      return { key: 'deleted', detail: url }
    })
  }
}
