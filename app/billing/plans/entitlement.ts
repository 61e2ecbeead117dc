import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import Entitlement, { type PlanName } from '#models/entitlement'
import EntitlementChange, { type ChangeCause } from '#models/entitlement_change'
import type { Rate } from '#billing/plans/bought_time'
import { termsOf } from '#billing/plans/plan_terms'
import type { PlanTerms } from '#config/plans'

const TABLE: WrittenTable = {
  name: 'entitlements',
  columns: { user_id: 'bigint', ends_at: 'bigint', credit: 'text', updated_at: 'bigint' },
}

/** The entitlement of a user, empty at first, held until the transaction ends. */
export async function entitlementOf(
  client: TransactionClientContract,
  userId: number,
  now: number
): Promise<Entitlement> {
  await insertRows(client, TABLE, [{ user_id: userId, ends_at: 0, credit: '0', updated_at: now }])
  return Entitlement.query({ client }).where('user_id', userId).forUpdate().firstOrFail()
}

export interface Extension {
  ms: number
  plan: PlanName
  cause: ChangeCause
  /** The payment that bought it. */
  payment?: number
  /** What paid for it, in wei, and at which rate. */
  spent?: bigint
  rate?: Rate
  /** Why, in the words of the operator who gave it. */
  note?: string
}

/**
 * Adds time from the later of now and the current end, and notes why. A plan that still
 * runs stays when time of a shorter one is added.
 *
 * @param options.now epoch milliseconds
 */
export async function extend(
  entitlement: Entitlement,
  { ms, plan, ...reason }: Extension,
  { terms, now }: { terms: PlanTerms; now: number }
) {
  const before = entitlement.endsAt
  const lengthOf = (one: PlanName | null) => termsOf(one, terms)?.lengthMs ?? 0
  const stays = before > now && lengthOf(entitlement.plan) > lengthOf(plan)
  entitlement.merge({
    plan: stays ? entitlement.plan : plan,
    endsAt: Math.max(now, before) + ms,
    updatedAt: now,
  })
  await entitlement.save()
  await noteChange(entitlement, before, reason, now)
}

type Reason = Omit<Extension, 'ms' | 'plan'>

/** Notes a change of an entitlement in the transaction that makes it. */
export async function noteChange(
  { userId, plan, endsAt, $trx: client }: Entitlement,
  endsBefore: number,
  { cause, payment, spent, rate, note }: Reason,
  now: number
) {
  await EntitlementChange.create(
    {
      userId,
      cause,
      paymentId: payment ?? null,
      plan,
      endsBefore,
      endsAfter: endsAt,
      spent: spent ?? null,
      price: rate?.price ?? null,
      lengthMs: rate?.lengthMs ?? null,
      note: note ?? null,
      createdAt: now,
    },
    { client }
  )
}
