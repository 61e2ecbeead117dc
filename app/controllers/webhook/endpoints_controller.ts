import type { HttpContext } from '@adonisjs/core/http'
import { hasPro } from '#billing/plans/pro_users'
import { searchDeliveries } from '#webhooks/deliveries/search_deliveries'
import { deleteEndpoint } from '#webhooks/endpoints/endpoint_state'
import {
  endpointActivity,
  endpointConditions,
  listEndpoints,
  type EndpointCondition,
} from '#webhooks/endpoints/list_endpoints'
import { statsOf, totalStats } from '#webhooks/endpoints/delivery_stats'
import { WEBHOOK } from '#webhooks/sending/webhook_subscribers'
import { countWaiting } from '#delivery/queue/waiting_jobs'
import { changeableEndpoint, ownedEndpoint } from '#webhooks/endpoints/find_endpoint'
import { recentAttempts } from '#webhooks/endpoints/recent_attempts'
import { listReplays } from '#webhooks/replays/find_replay'
import { systemClock } from '#foundation/clock'
import { toDeliveryFilters, endpointPageView } from '#views/webhook/endpoint_page_view'
import { endpointListView } from '#views/webhook/endpoint_list_view'
import { endpointPage } from '#views/webhook/endpoint_page'
import { answerForm } from '#http/form_answers'
import { viewerOf } from '#http/viewer'
import { SPARKS } from '#views/webhook/bars'
import { readDeliverySearch } from '#validators/webhook/delivery_forms'
import { readEndpointList } from '#validators/webhook/endpoint_forms'

const DELIVERIES = 25
const REPLAYS = 10

export default class EndpointsController {
  /** Every endpoint of the reader's, and how it does. */
  async index(ctx: HttpContext) {
    const wish = await readEndpointList(ctx.request.qs())
    const { path, owner } = ctx.webhookPages
    const conditions = await endpointConditions(owner)
    const page = endpointPage(path, conditions, wish)
    const stored = {
      page,
      endpoints: await listEndpoints(page.shown),
      stats: await statsOf(page.shown),
      attempts: await recentAttempts(page.shown, SPARKS),
      total: await totalStats(owner),
      pending: await waitingOf(owner, conditions),
    }
    const mayAdd = owner === null || (await hasPro(owner, systemClock.now()))
    const list = endpointListView(stored, viewerOf(ctx))
    return ctx.view.render('pages/webhook/endpoints', { ...list, mayAdd })
  }

  /** One endpoint: its health, its settings, and what was sent to it. */
  async show(ctx: HttpContext) {
    const { path, owner } = ctx.webhookPages
    const endpoint = await ownedEndpoint(ctx.params.id, owner)
    const search = await readDeliverySearch(ctx.request.qs())
    const page = { before: search.before, limit: DELIVERIES }
    const filters = toDeliveryFilters(endpoint.id, search.wish, systemClock.now())

    const [deliveries, stats, activityOf, attempts, replays] = await Promise.all([
      searchDeliveries(owner, filters, page),
      statsOf([endpoint.id]),
      endpointActivity([endpoint.id]),
      recentAttempts([endpoint.id], SPARKS),
      listReplays(endpoint.id, { limit: REPLAYS }),
    ])
    return ctx.view.render(
      'pages/webhook/endpoint',
      endpointPageView(
        {
          path,
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
    const { path, owner } = ctx.webhookPages
    await answerForm(ctx, path, async () => {
      const { id, url } = await changeableEndpoint(ctx.params.id, owner)
      await deleteEndpoint(id)
      return { key: 'deleted', detail: url }
    })
  }
}

/** Jobs that wait for all endpoints, deleted ones included, or for those of one owner. */
async function waitingOf(owner: number | null, endpoints: readonly EndpointCondition[]) {
  if (owner === null) return countWaiting(WEBHOOK)
  const ids = endpoints.map(({ id }) => id)
  const activityOf = await endpointActivity(ids)
  return ids.reduce((waiting, id) => waiting + activityOf(id).pending, 0)
}
