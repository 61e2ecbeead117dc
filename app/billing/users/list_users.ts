import db from '@adonisjs/lucid/services/db'
import { toNumber } from '#models/column_types'
import type { PlanName } from '#models/entitlement'

/** A user with the plan. Times are epoch milliseconds; credit is wei in decimal text. */
export interface ListedUser {
  id: number
  wallet_address: string
  plan: PlanName | null
  ends_at: number | null
  credit: string
  created_at: number
  last_login_at: number | null
}

/** Everybody who has logged in, oldest account first. The operator's own account is left out. */
export async function listUsers(): Promise<ListedUser[]> {
  const rows = await db
    .from('users')
    .leftJoin('entitlements', 'entitlements.user_id', 'users.id')
    .whereNotNull('wallet_address')
    .orderBy('users.id')
    .select('users.id', 'wallet_address', 'plan', 'ends_at', 'credit')
    .select('users.created_at', 'last_login_at')

  return rows.map((row) => ({
    id: Number(row.id),
    wallet_address: row.wallet_address,
    plan: row.plan,
    ends_at: toNumber(row.ends_at),
    credit: row.credit ?? '0',
    created_at: Number(row.created_at),
    last_login_at: toNumber(row.last_login_at),
  }))
}
