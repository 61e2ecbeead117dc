import { hash } from 'node:crypto'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { Refusal } from '#foundation/errors'
import { brokenTextIn, storable } from '#foundation/text/whole_text'
import OkxAccount from '#models/okx_account'
import { announceOrder, type Announcement } from '#orders/announce_order'
import { countEvents } from '#orders/counts'
import { onceForKey, type KeptAnswer } from '#orders/idempotency'
import type { OrderLimits } from '#orders/time_limits'

/** A call whose signature was checked. */
interface Call {
  body: string
  /** What makes it one call however often it comes; a hash of the body unless given. */
  key?: string
}

interface Receiving {
  limits: OrderLimits
  clock: Clock
}

/**
 * Takes a signed call of the receiver of orders: announces an order, and does nothing else. A body that
 * says something else is kept for people to look at, and answered so.
 *
 * @throws Refusal as `onceForKey`
 */
export function receiveHook({ body, key }: Call, receiving: Receiving): Promise<KeptAnswer> {
  const { clock } = receiving
  const name = key ?? hash('sha256', body)
  return onceForKey({ scope: 'hook', key: name, request: body, clock }, async () => {
    try {
      const announcement = await announcementIn(body)
      const announcing = { reach: 'any', by: 'hook', ...receiving } as const
      const { order } = await announceOrder(announcing, announcement)
      return {
        status: 202,
        body: { data: { state: 'accepted', order_id: order.id, detail: null } },
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await quarantine(name, body, error.message, clock.now())
      const data = { state: 'quarantined', order_id: null, detail: error.message }
      return { status: 202, body: { data } }
    }
  })
}

/** @throws Refusal for what announces no order */
async function announcementIn(body: string): Promise<Announcement> {
  const { type, data } = objectIn(body)
  if (type !== 'order.announced') {
    throw Refusal.invalid('type', 'The type is not order.announced')
  }
  if (typeof data !== 'object' || data === null) {
    throw Refusal.invalid('data', 'data is not an object')
  }
  const fields = data as Record<string, unknown>
  const instId = textOf(fields, 'inst_id', 64)
  if (!instId) {
    throw Refusal.invalid('inst_id', 'inst_id is missing')
  }
  return {
    accountId: await accountOf(fields),
    instId,
    ordId: textOf(fields, 'ord_id', 32),
    clOrdId: textOf(fields, 'cl_ord_id', 64),
    side: textOf(fields, 'side', 8),
    ordType: textOf(fields, 'ord_type', 32),
    px: amountOf(fields, 'px'),
    sz: amountOf(fields, 'sz'),
  }
}

function objectIn(body: string): { type?: unknown; data?: unknown } {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw Refusal.invalid('body', 'The body is no JSON')
  }
  if (typeof value !== 'object' || value === null) {
    throw Refusal.invalid('body', 'The body is no object')
  }
  const broken = brokenTextIn(value)
  if (broken !== null) {
    throw Refusal.invalid(broken, `${broken} holds NUL or half of a surrogate pair`)
  }
  return value
}

/** By the number that Regou gives the account, or by the one that OKX does. */
async function accountOf(fields: Record<string, unknown>): Promise<number> {
  if (Number.isSafeInteger(fields.account_id)) {
    return Number(fields.account_id)
  }
  const uid = textOf(fields, 'account_uid', 32)
  const environment = textOf(fields, 'environment', 4) ?? 'live'
  const account =
    uid && (await OkxAccount.query().where({ uid, environment }).whereNull('removed_at').first())
  if (!account) {
    throw Refusal.invalid('account_uid', 'Neither account_id nor account_uid names an account')
  }
  return account.id
}

/** @throws Refusal for what is no text, or longer than the venue's are */
function textOf(fields: Record<string, unknown>, name: string, longest: number): string | null {
  const value = fields[name] ?? null
  if (value !== null && (typeof value !== 'string' || value.length > longest)) {
    throw Refusal.invalid(name, `${name} is no text of at most ${longest} characters`)
  }
  return value || null
}

function amountOf(fields: Record<string, unknown>, name: string): string | null {
  const text = textOf(fields, name, 64)
  if (text !== null && !/^\d+(\.\d+)?$/.test(text)) {
    throw Refusal.invalid(name, `${name} is no decimal number as text`)
  }
  return text
}

async function quarantine(key: string, raw: string, detail: string, now: number) {
  const row = { idempotency_key: key, detail, raw: storable(raw), created_at: now }
  await writeTransaction(async (trx) => {
    await trx.insertQuery().table('quarantined_hooks').insert(row)
    await countEvents(trx, { received: 1, failed: 1 }, now)
  })
}
