import { DeliveryAttemptSchema } from '#database/schema'

/** One try at a job: when, how long, what came of it, and the first bytes of the answer. */
export default class DeliveryAttempt extends DeliveryAttemptSchema {}
