import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { OperatorError } from '#foundation/operator_error'
import { proUsers } from '#billing/entitlements/pro_users'

/** It is part of Pro, and whose it is has no Pro plan that runs. */
export class NeedsPro extends OperatorError {}

/**
 * Lets those pass who have Pro, and the operator (null), who needs no plan.
 *
 * @param now epoch milliseconds
 * @throws NeedsPro
 */
export async function requirePro(
  userId: number | null,
  now: number,
  client: QueryClientContract = db.connection()
) {
  if (userId !== null && !(await proUsers(client, now).where('user_id', userId).first())) {
    throw new NeedsPro('This is part of Pro, and no Pro plan runs. Begin or renew one at /renew')
  }
}
