import db from '@adonisjs/lucid/services/db'
import { toNumber } from '#models/column_types'
import DepositAddress from '#models/deposit_address'
import Entitlement, { type PlanName } from '#models/entitlement'
import EntitlementChange from '#models/entitlement_change'
import type User from '#models/user'
import { listPayments } from '#billing/ledger/list_payments'

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

/** All users who have logged in, oldest account first, without the operator's own account. */
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

/** How many of the newest payments and changes are shown. */
const SHOWN = 50

/** What an operator sees of one user. Times are epoch milliseconds, amounts wei in decimal text. */
export async function showUser(user: User) {
  const entitlement = await Entitlement.find(user.id)
  const addresses = await DepositAddress.query().where('user_id', user.id)
  const changes = await EntitlementChange.query()
    .where('user_id', user.id)
    .orderBy('id', 'desc')
    .limit(SHOWN)

  return {
    id: user.id,
    wallet_address: user.walletAddress,
    plan: entitlement?.plan ?? null,
    ends_at: entitlement?.endsAt ?? null,
    credit: String(entitlement?.credit ?? 0n),
    deposit_addresses: addresses.map(({ address }) => address),
    changes: changes.map((change) => ({
      cause: change.cause,
      plan: change.plan,
      ends_before: change.endsBefore,
      ends_after: change.endsAfter,
      payment_id: change.paymentId,
      note: change.note,
      at: change.createdAt,
    })),
    payments: await listPayments({ userId: user.id, limit: SHOWN }),
  }
}
