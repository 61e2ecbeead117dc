import { DeliveryAttemptSchema } from '#database/schema'
import type { Failure } from '#models/reasons'

/** One try at a job: when, how long, what came of it, and the first bytes of the answer. */
export default class DeliveryAttempt extends DeliveryAttemptSchema {
  declare reason: Failure | null
}
