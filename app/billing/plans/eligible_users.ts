import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** Ways to reach a user, each with the table that says to whom it is bound. */
export const BINDINGS = {
  webhook: { table: 'webhook_endpoints', user: 'owner_id', bound: { state: 'active' } },
} as const

export type BoundChannel = keyof typeof BINDINGS

/**
 * Who gets launches of which source and kind over a channel: whose plan runs, who has switched
 * them on and is bound to the channel, and, in a trial, has the push of the source left, neither used
 * nor reserved. The one place that says so; narrow it with `where` to ask about some users or one
 * source.
 *
 * @param channel null: whatever they are bound to
 * @param now epoch milliseconds
 * @returns a query of `user_id`, `plan`, `source` and `kind`
 */
export function eligibleUsers(
  client: QueryClientContract,
  channel: BoundChannel | null,
  now: number
) {
  const eligible = client
    .from('users')
    .join('entitlements', 'entitlements.user_id', 'users.id')
    .join('subscriptions', 'subscriptions.user_id', 'users.id')
    .where('entitlements.ends_at', '>', now)
    .where((allowed) =>
      allowed
        .whereNot('entitlements.plan', 'trial')
        .orWhereNotExists((taken) =>
          taken
            .from('trial_pushes')
            .whereColumn('trial_pushes.user_id', 'users.id')
            .whereColumn('trial_pushes.source', 'subscriptions.source')
            .select('trial_pushes.user_id')
        )
    )
    .select('users.id as user_id', 'entitlements.plan')
    .select('subscriptions.source', 'subscriptions.kind')

  if (channel === null) {
    return eligible
  }
  const { table, user, bound } = BINDINGS[channel]
  // Those who are bound are listed once: asked for each user, the table would be read as often.
  return eligible.whereIn('users.id', (binding) =>
    binding.from(table).whereNotNull(user).where(bound).select(user)
  )
}
