import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { LaunchKind } from '#models/launch_event'

/** Ways to reach somebody, each with the table that says to whom it is bound. */
const BINDINGS = {
  webhook: { table: 'webhook_endpoints', user: 'owner_id', bound: { state: 'active' } },
} as const

export type BoundChannel = keyof typeof BINDINGS

interface Wanted {
  source: string
  kind: LaunchKind
  channel: BoundChannel
  /** Epoch milliseconds. */
  now: number
}

/**
 * Who gets a launch of this source and kind over a channel: whose plan runs, who has switched it
 * on and is bound to the channel, and, in a trial, has not used up the push of the source. The one
 * place that says so; narrow it with `where('users.id', …)` to ask about one user.
 *
 * @returns a query of `user_id` and `plan`
 */
export function eligibleUsers(client: QueryClientContract, { source, kind, channel, now }: Wanted) {
  const { table, user, bound } = BINDINGS[channel]
  return client
    .from('users')
    .join('entitlements', 'entitlements.user_id', 'users.id')
    .join('subscriptions', 'subscriptions.user_id', 'users.id')
    .where('entitlements.ends_at', '>', now)
    .where({ 'subscriptions.source': source, 'subscriptions.kind': kind })
    .whereExists((binding) =>
      binding.from(table).whereColumn(`${table}.${user}`, 'users.id').where(bound).select('id')
    )
    .where((allowed) =>
      allowed
        .whereNot('entitlements.plan', 'trial')
        .orWhereNotExists((used) =>
          used
            .from('trial_pushes')
            .whereColumn('trial_pushes.user_id', 'users.id')
            .where('trial_pushes.source', source)
            .select('trial_pushes.user_id')
        )
    )
    .orderBy('users.id')
    .select('users.id as user_id', 'entitlements.plan')
}
