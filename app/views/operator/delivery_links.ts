import type { DeliveryFilters } from '#webhooks/deliveries/delivery_filters'
import { encodePageCursor } from '#feed/page_cursor'
import { beginningOf } from '#validators/operator/periods'
import type { DeliverySearch } from '#validators/operator/delivery_search'

type Wish = DeliverySearch['wish']

/** What an operator looks for, as the delivery room takes it. `now` is in epoch milliseconds. */
export function toDeliveryFilters(endpointId: number, wish: Wish, now: number): DeliveryFilters {
  const { state, type, token, within } = wish
  return {
    endpoint_id: endpointId,
    state,
    event_type: type,
    token_address: token,
    since: within && within !== 'all' ? beginningOf(within, now) : undefined,
  }
}

/** The address of the deliveries with smaller ids than this, of the same search. */
export function olderDeliveries(endpointId: number, wish: Wish, before: number): string {
  const query = new URLSearchParams({ ...wish, cursor: encodePageCursor(before) })
  return `/operator/webhooks/${endpointId}?${query}#deliveries`
}
