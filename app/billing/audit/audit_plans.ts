import db from '@adonisjs/lucid/services/db'
import Entitlement from '#models/entitlement'
import EntitlementChange from '#models/entitlement_change'
import Payment from '#models/payment'
import PaymentQuote from '#models/payment_quote'
import { boughtTime } from '#billing/plans/bought_time'
import { addedMs, wrongInQuote } from '#billing/audit/audit_quotes'

/** A plan that is not what was paid and given for it, in words. */
export interface PlanProof {
  user_id: number
  difference: string
}

/** How many users are audited at once. */
const USERS_AT_ONCE = 100

/** Reckons each plan anew: from its first change to its last, and from what was paid for each. */
export async function auditPlans(): Promise<PlanProof[]> {
  const proofs: PlanProof[] = await withoutPlan()
  for (let after = 0; ;) {
    const part = await Entitlement.query()
      .where('user_id', '>', after)
      .orderBy('user_id')
      .limit(USERS_AT_ONCE)
    for (const entitlement of part) {
      const difference = await differenceOf(entitlement)
      if (difference !== null) proofs.push({ user_id: entitlement.userId, difference })
    }
    if (part.length < USERS_AT_ONCE) return proofs
    after = part.at(-1)!.userId
  }
}

/** Who has paid, or was given something, and has no plan on record. */
async function withoutPlan(): Promise<PlanProof[]> {
  const changed = db.from('entitlement_changes').select('user_id')
  const rows: { user_id: number | string }[] = await db
    .from('payments')
    .whereNotNull('owner_id')
    .select('owner_id as user_id')
    .union(changed)
  const users = [...new Set(rows.map(({ user_id: id }) => Number(id)))]
  const known = new Set<number>()
  for (let from = 0; from < users.length; from += USERS_AT_ONCE) {
    const part = users.slice(from, from + USERS_AT_ONCE)
    const plans = await Entitlement.query().whereIn('user_id', part)
    plans.forEach(({ userId }) => known.add(userId))
  }
  return users
    .filter((id) => !known.has(id))
    .map((id) => ({ user_id: id, difference: 'has paid, and has no plan on record' }))
}

async function differenceOf(entitlement: Entitlement): Promise<string | null> {
  const { userId } = entitlement
  const [changes, payments, quotes] = await Promise.all([
    EntitlementChange.query().where('user_id', userId).orderBy('id'),
    Payment.query().where('owner_id', userId).orderBy('id'),
    PaymentQuote.query().where('user_id', userId).orderBy('id'),
  ])
  const ids = new Set(payments.map(({ id }) => id))
  const wrong = [
    ...wrongInChanges(changes, ids),
    ...wrongAtEnd(entitlement, changes),
    ...wrongCredit(entitlement, changes, payments),
    ...wrongInPayments(changes, payments),
    ...quotes.flatMap((quote) => wrongInQuote(quote, changes, payments)),
  ]
  return wrong.length > 0 ? wrong.join('; ') : null
}

/** Each change begins where the one before ended, and gives what was paid for it. */
function wrongInChanges(changes: readonly EntitlementChange[], payments: ReadonlySet<number>) {
  const wrong: string[] = []
  let end = 0
  for (const change of changes) {
    if (change.endsBefore !== end)
      wrong.push(`change ${change.id} does not begin where the last ended`)
    if (change.paymentId !== null && !payments.has(change.paymentId)) {
      wrong.push(`change ${change.id} names a payment that is not this user’s`)
    }
    if (!givesWhatItSays(change))
      wrong.push(`change ${change.id} gives other time than was paid for`)
    end = change.endsAfter
  }
  return wrong
}

function givesWhatItSays(change: EntitlementChange): boolean {
  const ms = addedMs(change)
  if (change.cause === 'revoke') return change.endsAfter === change.createdAt
  if (change.paymentId === null && change.spent !== null) return false
  if (change.cause !== 'payment') return ms > 0
  if (change.paymentId === null) return false
  if (change.spent === null || change.price === null || change.lengthMs === null) return true
  return boughtTime(change.spent, { price: change.price, lengthMs: change.lengthMs }).ms === ms
}

function wrongAtEnd(entitlement: Entitlement, changes: readonly EntitlementChange[]): string[] {
  const last = changes.at(-1)
  const trial = changes.find(({ cause }) => cause === 'trial')
  return [
    ...(entitlement.endsAt === (last?.endsAfter ?? 0) && entitlement.plan === (last?.plan ?? null)
      ? []
      : ['the plan and its end are not those of its last change']),
    ...(entitlement.trialStartedAt === (trial?.createdAt ?? null)
      ? []
      : ['the trial did not begin then']),
  ]
}

/** What was paid has bought time, or is credit. Changes that are older do not say what they cost. */
function wrongCredit(
  { credit }: Entitlement,
  changes: readonly EntitlementChange[],
  payments: readonly Payment[]
): string[] {
  const paidFor = changes.filter(({ paymentId }) => paymentId !== null)
  if (paidFor.some(({ spent }) => spent === null)) return []

  const paid = payments.reduce((total, { amount }) => total + amount, 0n)
  const spent = paidFor.reduce((total, change) => total + change.spent!, 0n)
  return paid - spent === credit
    ? []
    : [`${paid - spent} wei are left of what was paid, not ${credit}`]
}

/** What a payment says of the end that it brought. */
function wrongInPayments(changes: readonly EntitlementChange[], payments: readonly Payment[]) {
  return payments.flatMap(({ id, entitledUntil, plan }) => {
    const last = changes.findLast(({ paymentId }) => paymentId === id)
    const isSo = !last || (entitledUntil === last.endsAfter && plan === last.plan)
    return isSo ? [] : [`payment ${id} names another plan or end than it brought`]
  })
}
