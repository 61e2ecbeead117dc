import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { Refusal } from '#foundation/errors'
import OkxAccount from '#models/okx_account'
import Order from '#models/order'
import { recordChange } from '#orders/audit_chain'
import { countEvents } from '#orders/counts'
import type { OrderLimits } from '#orders/time_limits'

/** An order that a user or a program says it has placed. Decimals are text. */
export interface Announcement {
  accountId: number
  instId: string
  /** One of the two names it. */
  ordId?: string | null
  clOrdId?: string | null
  side?: string | null
  ordType?: string | null
  px?: string | null
  sz?: string | null
}

export interface Announcing {
  /** Whose accounts may be named: a user's, the operator's (null), or anyone's. */
  reach: number | null | 'any'
  by: 'user' | 'hook'
  limits: OrderLimits
  clock: Clock
}

/** What was announced, and whether that was news. */
export interface Announced {
  order: Order
  isNew: boolean
}

/**
 * Takes down an order before the venue shows it. One that is known already, from the venue or from an
 * earlier announcement, stays as it is.
 *
 * @throws Refusal for an order without a name, or an account that is not there
 */
export async function announceOrder(
  announcing: Announcing,
  announcement: Announcement
): Promise<Announced> {
  const { ordId = null, clOrdId = null } = announcement
  if (!ordId && !clOrdId) {
    throw Refusal.invalid('ord_id', 'Name the order: ord_id, cl_ord_id, or both')
  }
  return writeTransaction(async (trx) => {
    const account = await accountFor(trx, announcing.reach, announcement.accountId)
    const known = await findOrder(trx, account.id, ordId, clOrdId)
    if (known) {
      const hasNews = known.announcedAt === null || (known.ordId === null && ordId !== null)
      return { order: hasNews ? await note(trx, known, ordId, announcing) : known, isNew: false }
    }
    return { order: await create(trx, account, announcement, announcing), isNew: true }
  })
}

async function accountFor(
  client: TransactionClientContract,
  reach: Announcing['reach'],
  id: number
): Promise<OkxAccount> {
  const account = await OkxAccount.query({ client })
    .where('id', id)
    .whereNull('removed_at')
    // Two announcements of one order at once would both find none.
    .forUpdate()
    .first()
  if (!account || (reach !== 'any' && account.ownerId !== reach)) {
    throw new Refusal('unknown', 'unknown_account', `There is no account ${id} at OKX`, {
      field: 'account_id',
    })
  }
  return account
}

async function findOrder(
  client: TransactionClientContract,
  accountId: number,
  ordId: string | null,
  clOrdId: string | null
): Promise<Order | null> {
  const ofAccount = () => Order.query({ client }).where('account_id', accountId)
  const byNumber = ordId && (await ofAccount().where('ord_id', ordId).first())
  if (byNumber || !clOrdId) {
    return byNumber || null
  }
  // The venue lets a name be used again once its order has ended: the newest one is meant.
  const named = await ofAccount().where('cl_ord_id', clOrdId).orderBy('id', 'desc').first()
  return named && ordId && named.ordId && named.ordId !== ordId ? null : named
}

async function create(
  client: TransactionClientContract,
  account: OkxAccount,
  { instId, ordId, clOrdId, side, ordType, px, sz }: Announcement,
  { by, limits, clock }: Announcing
): Promise<Order> {
  const now = clock.now()
  const { id } = await Order.create(
    {
      accountId: account.id,
      ownerId: account.ownerId,
      instId,
      ordId,
      clOrdId,
      side,
      ordType,
      px,
      sz,
      status: 'pending',
      confirmationStatus: 'waiting',
      announcedBy: by,
      announcedAt: now,
      deadline: now + limits.confirmMs,
      partial: false,
      reduceOnly: false,
      createdAt: now,
      updatedAt: now,
    },
    { client }
  )
  const order = await Order.findOrFail(id, { client })
  await record(client, order, by, now)
  return order
}

/** The venue was faster than the announcement, or it names the order more closely than the one before. */
async function note(
  client: TransactionClientContract,
  order: Order,
  ordId: string | null,
  { by, clock }: Announcing
): Promise<Order> {
  const now = clock.now()
  order.useTransaction(client)
  const { announcedBy, announcedAt } = order
  await order
    .merge({
      ordId: order.ordId ?? ordId,
      announcedBy: announcedBy ?? by,
      announcedAt: announcedAt ?? now,
    })
    .save()
  await record(client, order, by, now)
  return order
}

async function record(
  client: TransactionClientContract,
  { id, ordId, clOrdId, instId }: Order,
  actor: Announcing['by'],
  now: number
) {
  const after = { ordId, clOrdId, instId }
  await recordChange(client, { orderId: id, actor, action: 'announced', before: null, after }, now)
  await countEvents(client, { received: 1, processed: 1 }, now)
}
