import type EntitlementChange from '#models/entitlement_change'
import type Payment from '#models/payment'
import type PaymentQuote from '#models/payment_quote'

/** What a quote says otherwise than the payments that count to it, and the time that they bought. */
export function wrongInQuote(
  quote: PaymentQuote,
  changes: readonly EntitlementChange[],
  payments: readonly Payment[]
): string[] {
  const counted = payments.filter(({ quoteId }) => quoteId === quote.id)
  const ids = new Set(counted.map(({ id }) => id))
  const bought = changes.filter(({ paymentId }) => paymentId !== null && ids.has(paymentId))
  const received = counted.reduce((total, { amount }) => total + amount, 0n)
  const spent = bought.reduce((total, change) => total + (change.spent ?? 0n), 0n)
  const granted = bought.reduce((total, change) => total + addedMs(change), 0)
  const isFull = received >= quote.price

  const wrong: string[] = []
  if (quote.received !== received) wrong.push(`has not received ${quote.received} wei`)
  if ((quote.state === 'filled') !== isFull) wrong.push(`is ${quote.state}`)
  // Older changes do not say what they cost.
  if (bought.every((change) => change.spent !== null)) {
    if (quote.spent !== spent) wrong.push(`has not spent ${quote.spent} wei`)
    if (bought.some((change) => !isAtItsRate(quote, change))) wrong.push('counts at another rate')
  }
  if (quote.grantedMs !== granted) wrong.push(`has not bought ${quote.grantedMs} ms`)
  return wrong.map((words) => `quote ${quote.id} ${words}`)
}

function isAtItsRate(quote: PaymentQuote, { cause, price, lengthMs }: EntitlementChange): boolean {
  if (quote.lengthMs === null) return true
  return cause === 'yearly_rate'
    ? price === quote.price && lengthMs === quote.lengthMs
    : price === quote.basePrice && lengthMs === quote.baseLengthMs
}

/** The time that a change added, in milliseconds. */
export function addedMs({ endsAfter, endsBefore, createdAt }: EntitlementChange): number {
  return endsAfter - Math.max(endsBefore, createdAt)
}
