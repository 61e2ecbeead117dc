import { ExecutionSchema } from '#database/schema'

/** One fill of an order, as a fact that is pushed. */
export default class Execution extends ExecutionSchema {}
