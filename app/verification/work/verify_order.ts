import { TransientError } from '#foundation/errors'
import { isKeyReason, type OkxReason } from '#models/okx_reasons'
import OkxAccount from '#models/okx_account'
import Order from '#models/order'
import type { Completeness } from '#facts/verification'
import { OkxDecodeError } from '#sources/okx/row'
import { completenessOf } from '#verification/evidence/completeness'
import { addsUp } from '#verification/evidence/filled_size'
import { itemsOf, type Items } from '#verification/evidence/items'
import { itemsInRaw } from '#verification/evidence/raw_items'
import { recordedItems } from '#verification/evidence/recorded_items'
import type { RawBodies } from '#verification/evidence/roots'
import { gatherRaw, type AskVenue } from '#verification/work/gather_raw'
import type { Failure } from '#verification/jobs/tell_result'

/** What both sides say of an order. */
export interface Compared {
  order: Order
  account: OkxAccount
  /** From the venue's answers now, with the bodies as they came. */
  items: Items
  raw: RawBodies
  completeness: Completeness
  /** From what was recorded. */
  expected: Items
}

/** What an attempt at a verification came to. */
export type Attempt =
  | { kind: 'compared'; compared: Compared }
  | { kind: 'failed'; failure: Failure }
  /** One of the two does not have everything yet, or cannot be asked: the same may succeed soon. */
  | { kind: 'again'; failure: Failure }

interface Verifying {
  ask: AskVenue
  /** Epoch milliseconds. */
  now: number
  signal: AbortSignal
}

/**
 * Reads what the venue answers now about an order, and what was recorded while it happened: two paths
 * that share nothing but the venue.
 */
export async function verifyOrder(orderId: number, verifying: Verifying): Promise<Attempt> {
  const order = await Order.findOrFail(orderId)
  const account = await OkxAccount.findOrFail(order.accountId)
  const recorded = await recordedItems(order, account.environment)
  if (recorded === null) {
    return { kind: 'again', failure: { code: 'not_recorded' } }
  }
  try {
    const raw = await gatherRaw({ ...verifying, account, order })
    return readAnswers(raw, { order, account, expected: itemsOf(recorded) })
  } catch (error) {
    return refusedBy(error)
  }
}

function readAnswers(
  raw: RawBodies,
  known: Pick<Compared, 'order' | 'account' | 'expected'>
): Attempt {
  const found = itemsInRaw(raw)
  if (!found) {
    return { kind: 'failed', failure: { code: 'order_gone' } }
  }
  const sizes = found.fills.map(({ fillSz }) => fillSz)
  if (!addsUp(sizes, found.told.order.accFillSz ?? null)) {
    // Its history follows the order by some seconds.
    return { kind: 'again', failure: { code: 'venue_unavailable', detail: 'fills are missing' } }
  }
  const completeness = completenessOf(found)
  return { kind: 'compared', compared: { ...known, items: itemsOf(found.told), raw, completeness } }
}

function refusedBy(error: unknown): Attempt {
  if (error instanceof OkxDecodeError || error instanceof SyntaxError) {
    const detail = `an answer cannot be read: ${error.message}`
    return { kind: 'again', failure: { code: 'venue_unavailable', detail } }
  }
  if (!(error instanceof TransientError)) {
    throw error
  }
  const detail = error.message
  return isKeyReason(error.kind as OkxReason)
    ? { kind: 'failed', failure: { code: 'key_refused', detail } }
    : { kind: 'again', failure: { code: 'venue_unavailable', detail } }
}
