import { PaymentQuoteSchema } from '#database/schema'
import type { PaidPlan } from '#models/entitlement'

/** What somebody was told a plan costs, and what has come in for it. `spent` bought `grantedMs`. */
export default class PaymentQuote extends PaymentQuoteSchema {
  declare plan: PaidPlan
  declare state: 'open' | 'filled' | 'closed'
}
