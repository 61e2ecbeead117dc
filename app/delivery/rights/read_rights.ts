import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import type { LaunchKind } from '#models/launch_event'
import type { PaidPlan, PlanName } from '#models/entitlement'
import { eligibleUsers } from '#billing/entitlements/eligible_users'
import { proUsers } from '#billing/entitlements/pro_users'
import { Rights } from '#delivery/rights/rights'

const OWNER = { user_id: 'bigint' } as const

interface LaunchRow {
  user_id: number | string
  plan: PlanName
  source: string
  kind: LaunchKind
}

/**
 * Reads what the owners of these endpoints may be told of at `now` (epoch milliseconds), of all of
 * them at once; without a user's endpoint there is nothing to read.
 */
export async function readRights(
  trx: TransactionClientContract,
  endpoints: readonly { ownerId: number | null }[],
  now: number
): Promise<Rights> {
  const owners = new Set(endpoints.flatMap(({ ownerId }) => ownerId ?? []))
  if (owners.size === 0) {
    return new Rights([], [])
  }
  // As one parameter, because a statement takes only so many.
  const among = `in (select user_id from ${jsonRows(trx, 'owners', OWNER)})`
  const ids = jsonOf(
    OWNER,
    [...owners].map((id) => ({ user_id: id }))
  )
  const pro: { user_id: number | string; plan: PaidPlan }[] = await proUsers(trx, now).whereRaw(
    `user_id ${among}`,
    [ids]
  )
  const launches: LaunchRow[] = await eligibleUsers(trx, 'webhook', now).whereRaw(
    `users.id ${among}`,
    [ids]
  )
  return new Rights(
    pro.map(({ user_id: id, plan }) => ({ userId: Number(id), plan })),
    launches.map(({ user_id: id, ...launch }) => ({ userId: Number(id), ...launch }))
  )
}
