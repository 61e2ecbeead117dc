import { Refusal } from '#foundation/errors'
import { readPage, type Page, type PageWindow } from '#foundation/walk/page'
import Order, { type OrderStatus } from '#models/order'

interface OrderFilters {
  status?: OrderStatus
}

/**
 * Orders of an owner, or the operator (null), the newest first: announced ones and those that were seen
 * without an announcement.
 */
export function listOrders(
  ownerId: number | null,
  { status }: OrderFilters,
  page: PageWindow
): Promise<Page<Order>> {
  const query = ofOwner(ownerId)
  return readPage(status ? query.where('status', status) : query, page)
}

/** @throws Refusal when there is none, or it is another owner's */
export async function findOrder(ownerId: number | null, id: string | number): Promise<Order> {
  const number = /^\d{1,15}$/.test(String(id)) ? Number(id) : 0
  const order = await ofOwner(ownerId).where('id', number).first()
  if (!order) {
    throw new Refusal('unknown', 'unknown_order', `There is no order ${id}`)
  }
  return order
}

function ofOwner(ownerId: number | null) {
  const query = Order.query()
  return ownerId === null ? query.whereNull('owner_id') : query.where('owner_id', ownerId)
}
