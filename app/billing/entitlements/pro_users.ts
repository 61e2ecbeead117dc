import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { PaidPlan } from '#models/entitlement'

/** The plans that are Pro. */
export const PAID: PaidPlan[] = ['monthly', 'yearly']

/**
 * Who has Pro at this moment; narrow it with `where` to ask about some users.
 *
 * @param now epoch milliseconds
 * @returns a query of `user_id` and `plan`
 */
export function proUsers(client: QueryClientContract, now: number) {
  return client
    .from('entitlements')
    .where('ends_at', '>', now)
    .whereIn('plan', PAID)
    .select('user_id', 'plan')
}
