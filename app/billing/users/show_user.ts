import DepositAddress from '#models/deposit_address'
import Entitlement from '#models/entitlement'
import EntitlementChange from '#models/entitlement_change'
import type User from '#models/user'
import { listPayments } from '#billing/crediting/list_payments'

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
