import type { Health } from '#validators/operator/endpoint_list'

interface Endpoint {
  state: string
  failing_since: number | null
}

/** How an endpoint does; `failing` is one that has accepted nothing since it first failed. */
export function healthOf({ state, failing_since: since }: Endpoint): Health {
  if (state === 'disabled') {
    return 'disabled'
  }
  return since === null ? 'active' : 'failing'
}
