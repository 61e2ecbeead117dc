import db from '@adonisjs/lucid/services/db'
import { eligibleUsers } from '#billing/entitlements/eligible_users'
import { switchName, type Switch } from '#accounts/subscriptions'

/**
 * The names of the switches whose launches reach somebody now: by the same query that decides who
 * is told of one.
 *
 * @param now epoch milliseconds
 */
export async function reachedSwitches(userId: number, now: number): Promise<Set<string>> {
  const query = eligibleUsers(db.connection(), 'webhook', now).where('users.id', userId)
  const reached: Switch[] = await query
  return new Set(reached.map(switchName))
}
