import type { PageWindow } from '#foundation/walk/page'
import { encodePageCursor } from '#http/page_cursor'
import type { Viewer } from '#http/viewer'
import { ORDER_STATUSES, type OrderStatus } from '#models/order'
import { listOrders } from '#orders/order_list'
import { orderRow } from '#views/order_page'

/** A page of an owner's orders, in one state or in any. */
export async function ordersList(
  ownerId: number | null,
  { status }: { status?: OrderStatus },
  page: PageWindow,
  viewer: Viewer
) {
  const { rows, below } = await listOrders(ownerId, { status }, page)
  return {
    orders: rows.map((order) => orderRow(order, viewer)),
    status: status ?? null,
    statuses: ORDER_STATUSES,
    isFirst: page.before === undefined,
    older: below === null ? null : encodePageCursor(below),
  }
}
