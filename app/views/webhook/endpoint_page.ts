import type { EndpointCondition } from '#webhooks/endpoints/list_endpoints'
import { healthOf } from '#views/webhook/endpoint_head'
import { healths, type Health } from '#validators/webhook/endpoint_forms'

const PER_PAGE = 50

interface Wish {
  state?: Health
  page?: number
}

/** The endpoints of one page: what needs a look first, then the newest. */
export function endpointPage(
  path: string,
  endpoints: readonly EndpointCondition[],
  { state, page = 1 }: Wish
) {
  const wanted = endpoints
    .filter((endpoint) => !state || healthOf(endpoint) === state)
    .sort((one, other) => urgency(one) - urgency(other) || other.id - one.id)
  const pages = Math.max(1, Math.ceil(wanted.length / PER_PAGE))
  const current = Math.min(page, pages)
  return {
    shown: wanted.slice((current - 1) * PER_PAGE, current * PER_PAGE).map(({ id }) => id),
    previous: current > 1 ? address(path, state, current - 1) : null,
    next: current < pages ? address(path, state, current + 1) : null,
    choices: [undefined, ...healths].map((health) => ({
      health,
      url: address(path, health),
      isCurrent: health === state,
      count: endpoints.filter((one) => !health || healthOf(one) === health).length,
    })),
  }
}

export type EndpointPage = ReturnType<typeof endpointPage>

function urgency(endpoint: EndpointCondition): number {
  return healths.indexOf(healthOf(endpoint))
}

function address(path: string, state: Health | undefined, page = 1): string {
  const query = { ...(state && { state }), ...(page > 1 && { page: String(page) }) }
  const text = new URLSearchParams(query).toString()
  return `${path}${text && `?${text}`}`
}
