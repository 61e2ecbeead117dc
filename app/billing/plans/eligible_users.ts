import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** What is asked of a channel here: where it keeps the targets of users. */
export interface ReachingChannel {
  /** As its jobs name it. */
  readonly name: string
  readonly targetTable: TargetTable
}

/** A table of targets, each with an `id`. */
export interface TargetTable {
  readonly name: string
  /** The column of the user whose target it is; null there: the operator's. */
  readonly owner: string
  /** What is true of its columns while it gets events, in SQL. */
  readonly inService: string
}

/**
 * Who gets launches of which source and kind: users whose plan runs, who have switched them on and
 * have a target in service, and, in a trial, have the push of the source left, neither used nor
 * reserved. The one place that says so; narrow it with `where` to ask about some users or one
 * source.
 *
 * @param channels over one of these; null: whether or not a channel reaches them
 * @param now epoch milliseconds
 * @returns a query of `user_id`, `plan`, `source` and `kind`
 */
export function eligibleUsers(
  client: QueryClientContract,
  channels: readonly ReachingChannel[] | null,
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

  if (channels === null) {
    return eligible
  }
  return eligible.where((reached) => {
    // The owners are listed once: asked for each user, the table would be read as often.
    for (const { targetTable } of channels) {
      const { name, owner, inService } = targetTable
      reached.orWhereIn('users.id', (targets) =>
        targets.from(name).whereNotNull(owner).whereRaw(inService).select(owner)
      )
    }
  })
}
