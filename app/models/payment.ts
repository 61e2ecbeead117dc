import { PaymentSchema } from '#database/schema'
import type { PlanName } from '#models/entitlement'

/** BNB that came in, with the rise of the balance that proves it. Without an owner it waits for one. */
export default class Payment extends PaymentSchema {
  declare plan: PlanName | null
}
