import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Payment from '#models/payment'
import PaymentQuote from '#models/payment_quote'
import { entitlementOf, extend } from '#billing/plans/entitlement'
import { boughtTime, type Rate } from '#billing/plans/bought_time'
import { termsOf } from '#billing/plans/plan_terms'
import type { PlanTerms } from '#config/plans'

/**
 * Turns a payment into time for its owner, in the transaction that stores or assigns it. It counts
 * at the rate of the base plan at once; when a quote for another plan is full, all of its time is
 * lengthened to what that plan's rate buys, and never shortened. An open quote has the rates that it
 * was made with, whatever plans cost meanwhile. What buys nothing yet stays as credit.
 *
 * @param owner the user's number
 * @param paid.since the earliest that it can have been paid; both in epoch milliseconds
 */
export async function credit(
  trx: TransactionClientContract,
  payment: Payment,
  owner: number,
  terms: PlanTerms,
  { since, now }: { since: number; now: number }
) {
  const entitlement = await entitlementOf(trx, owner, now)
  const quote = await countToQuote(trx, owner, payment, since)
  entitlement.credit += payment.amount

  if (entitlement.credit >= terms.minimum) {
    const rate = baseRateOf(quote, terms)
    const { ms, spent } = boughtTime(entitlement.credit, rate)
    entitlement.credit -= spent
    const more = { ms, plan: terms.base, cause: 'payment', payment: payment.id } as const
    await extend(entitlement, { ...more, spent, rate }, { terms, now })
    quote?.merge({ spent: quote.spent + spent, grantedMs: quote.grantedMs + ms })
  }

  const rate = quote?.state === 'filled' && quote.plan !== terms.base && rateOf(quote, terms)
  if (rate) {
    const { ms, spent } = boughtTime(entitlement.credit + quote.spent, rate)
    if (ms > quote.grantedMs) {
      entitlement.credit += quote.spent - spent
      const more = { ms: ms - quote.grantedMs, plan: quote.plan, cause: 'yearly_rate' } as const
      const bought = { payment: payment.id, spent: spent - quote.spent, rate }
      await extend(entitlement, { ...more, ...bought }, { terms, now })
      quote.merge({ spent, grantedMs: ms })
    }
  }

  await quote?.save()
  await entitlement.save()
  const { plan, endsAt } = entitlement
  payment.merge({
    ownerId: owner,
    quoteId: quote?.id ?? null,
    plan: plan === 'trial' ? null : plan,
    entitledUntil: endsAt > now ? endsAt : null,
  })
  await payment.save()
}

/** The rate that the quote names, else that of today's plan; none where it is not sold any more. */
function rateOf({ price, lengthMs, plan }: PaymentQuote, terms: PlanTerms): Rate | undefined {
  return lengthMs === null ? termsOf(plan, terms) : { price, lengthMs }
}

function baseRateOf(quote: PaymentQuote | null, { paid, base }: PlanTerms): Rate {
  const { basePrice: price = null, baseLengthMs: lengthMs = null } = quote ?? {}
  return price === null || lengthMs === null ? paid[base] : { price, lengthMs }
}

/**
 * Counts a payment to the quote that its owner has open, and answers it unsaved: `filled` with the
 * payment that reaches its price. One that was made too late for certain counts to none.
 */
async function countToQuote(
  client: TransactionClientContract,
  userId: number,
  payment: Payment,
  since: number
): Promise<PaymentQuote | null> {
  const quote = await PaymentQuote.query({ client })
    .where({ userId, state: 'open' })
    .where('expires_at', '>=', since)
    .first()
  if (!quote) return null

  const received = quote.received + payment.amount
  return quote.merge({ received, state: received >= quote.price ? 'filled' : 'open' })
}
