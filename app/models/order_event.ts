import { OrderEventSchema } from '#database/schema'

/** Something that the venue said about an order, as a fact that is pushed. */
export default class OrderEvent extends OrderEventSchema {}
