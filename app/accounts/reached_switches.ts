import db from '@adonisjs/lucid/services/db'
import { eligibleUsers } from '#billing/entitlements/eligible_users'
import { switchName, SWITCHES } from '#accounts/subscriptions'

/**
 * The names of the switches whose launches reach somebody now: by the same query that decides who
 * is told of one.
 *
 * @param now epoch milliseconds
 */
export async function reachedSwitches(userId: number, now: number): Promise<Set<string>> {
  const reached = await Promise.all(
    SWITCHES.map((one) =>
      eligibleUsers(db.connection(), { ...one, channel: 'webhook', now })
        .where('users.id', userId)
        .first()
    )
  )
  return new Set(SWITCHES.filter((_, index) => reached[index]).map(switchName))
}
