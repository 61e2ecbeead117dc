import type { Clock } from '#foundation/clock'
import { insertRows, type WrittenTable } from '#foundation/insert_rows'
import { writeTransaction } from '#foundation/write_transaction'
import Entitlement from '#models/entitlement'
import type { PlanTerms } from '#billing/plans/plan_terms'

const TABLE: WrittenTable = {
  name: 'expiry_reminders',
  columns: { user_id: 'bigint', ends_at: 'bigint', created_at: 'bigint' },
}

/**
 * Stores one reminder for everybody whose plan ends soon. A plan that is prolonged afterwards has
 * another end, and is reminded of that one.
 *
 * @returns how many are new
 */
export async function remindExpiring({ terms, clock }: { terms: PlanTerms; clock: Clock }) {
  const now = clock.now()
  const ending = await Entitlement.query()
    .where('ends_at', '>', now)
    .where('ends_at', '<=', now + terms.remindBeforeMs)
  if (ending.length === 0) return 0

  const rows = ending.map(({ userId, endsAt }) => ({
    user_id: userId,
    ends_at: endsAt,
    created_at: now,
  }))
  return writeTransaction((trx) => insertRows(trx, TABLE, rows))
}
