import { PaymentQuoteSchema } from '#database/schema'
import type { PaidPlan } from '#config/plans'

/** The price of a plan that a user was told, and what has come in for it. `spent` bought `grantedMs`. */
export default class PaymentQuote extends PaymentQuoteSchema {
  declare plan: PaidPlan
  declare state: 'open' | 'filled' | 'closed'
}
