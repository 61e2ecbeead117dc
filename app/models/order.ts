import { OrderSchema } from '#database/schema'

/**
 * - `pending`   announced, and not seen at the venue
 * - `confirmed` seen there, live or filled in part
 * - `filled`    filled, or canceled after a part was (`partial`)
 * - `completed` filled and verified
 * - `failed`    for the reason that stands beside it
 */
export const ORDER_STATUSES = ['pending', 'confirmed', 'filled', 'completed', 'failed'] as const

export type OrderStatus = (typeof ORDER_STATUSES)[number]

/** An order: what its owner announced, and what the venue said last. */
export default class Order extends OrderSchema {
  declare status: OrderStatus
}
