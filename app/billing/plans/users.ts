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
  return usersOf(await loggedIn().orderBy('users.id'))
}

function loggedIn() {
  return db
    .from('users')
    .leftJoin('entitlements', 'entitlements.user_id', 'users.id')
    .whereNotNull('wallet_address')
    .select('users.id', 'wallet_address', 'plan', 'ends_at', 'credit')
    .select('users.created_at', 'last_login_at')
}

function usersOf(rows: any[]): ListedUser[] {
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

interface Choice {
  /** A part of a wallet's address, or the number of a user. */
  search?: string
  /** Only those whose plan runs at this time (epoch milliseconds), or does not. */
  plan?: { isRunning: boolean; at: number }
  /** Only those with a smaller id. */
  before?: number
  limit: number
}

/** Users who have logged in, the newest first. */
export async function findUsers({ search, plan, before, limit }: Choice): Promise<ListedUser[]> {
  const query = loggedIn().orderBy('users.id', 'desc').limit(limit)
  if (search && /^\d{1,15}$/.test(search)) query.where('users.id', search)
  else if (search) query.whereLike('wallet_address', `${search.toLowerCase()}%`)
  if (plan?.isRunning) query.where('ends_at', '>', plan.at)
  else if (plan)
    query.where((ended) => ended.whereNull('ends_at').orWhere('ends_at', '<=', plan.at))
  if (before) query.where('users.id', '<', before)
  return usersOf(await query)
}

/** How many of the newest payments and changes are shown. */
const SHOWN = 50

export type ShownUser = Awaited<ReturnType<typeof showUser>>

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
