/** What a paid plan costs and how long it lasts. The length is whole seconds, in milliseconds. */
export interface PaidTerms {
  /** In wei. */
  price: bigint
  lengthMs: number
}

/** The plans of this installation (config/plans.ts). Times in milliseconds, amounts in wei. */
export interface PlanTerms {
  trialMs: number
  monthly: PaidTerms
  yearly: PaidTerms
  /** Less than this buys no time yet; it is kept as credit. */
  minimum: bigint
  /** How long a quote's price holds. */
  quoteMs: number
  /** How long before the end of a plan its owner is reminded. */
  remindBeforeMs: number
}
