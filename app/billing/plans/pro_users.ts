import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { Refusal } from '#foundation/errors'

/**
 * Who has Pro, which is every plan but the trial, at this moment; narrow it with `where` to ask about some users.
 *
 * @param now epoch milliseconds
 * @returns a query of `user_id` and `plan`
 */
export function proUsers(client: QueryClientContract, now: number) {
  return client
    .from('entitlements')
    .where('ends_at', '>', now)
    .whereNot('plan', 'trial')
    .select('user_id', 'plan')
}

/** Whether a user has Pro at `now` (epoch milliseconds). */
export async function hasPro(
  userId: number,
  now: number,
  client: QueryClientContract = db.connection()
): Promise<boolean> {
  return Boolean(await proUsers(client, now).where('user_id', userId).first())
}

/**
 * Lets those pass who have Pro, and the operator (null), who needs no plan.
 *
 * @param now epoch milliseconds
 * @throws Refusal
 */
export async function requirePro(
  userId: number | null,
  now: number,
  client: QueryClientContract = db.connection()
) {
  if (userId !== null && !(await hasPro(userId, now, client))) {
    throw new Refusal(
      'unpaid',
      'needs_pro',
      'This is part of Pro, and no Pro plan runs. Begin or renew one at /renew'
    )
  }
}
