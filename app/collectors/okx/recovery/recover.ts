import { heardOf } from '#collectors/okx/ingest/heard'
import { movePosition, openPosition, readPosition } from '#collectors/okx/recovery/event_cursors'
import { recoverBills } from '#collectors/okx/recovery/recover_bills'
import { recoverFills } from '#collectors/okx/recovery/recover_fills'
import { recoverHoldings } from '#collectors/okx/recovery/recover_holdings'
import { recoverOrders } from '#collectors/okx/recovery/recover_orders'
import { OVERLAP_MS, type Recovering } from '#collectors/okx/recovery/recovering'

/** OKX forgets orders that were canceled without a fill after so long, in milliseconds. */
const CANCELED_MS = 2 * 3_600_000

export interface Recovery {
  /** Epoch milliseconds by OKX's clock. */
  since: number
  orders: number
  fills: number
  bills: number
  /** Which orders were canceled without a fill between these is not known; null: all are. */
  unseenCancels: { from: number; to: number } | null
}

/**
 * Reads over REST what happened since everything was known, and stores it as the stream would have.
 * Where the stream is live before it begins, nothing falls between the two.
 *
 * @param asked how far back, where that is not as far as is known: epoch milliseconds
 * @throws OkxFailure; what was read is stored, and the next recovery begins where this one did
 */
export async function recover(recovering: Recovering, asked?: number): Promise<Recovery> {
  const { account, rest } = recovering
  const startedAt = await rest.venue.now()
  const known = await readPosition(account.id, 'orders')
  const from = asked ?? known?.time ?? startedAt
  const since = Math.max(0, from - OVERLAP_MS)
  const unseen = { from, to: startedAt - CANCELED_MS }
  await openPosition(account.id, 'orders')

  await recoverHoldings(recovering)
  const orders = await recoverOrders(recovering, since)
  const fills = await recoverFills(recovering, since)
  const bills =
    asked === undefined
      ? await recoverBills(recovering, since)
      : await recoverBills(recovering, since, { begin: since, end: startedAt })

  const unseenCancels = unseen.from < unseen.to ? unseen : null
  if (unseenCancels) {
    await noteUnseen(recovering, unseenCancels)
  }
  const now = rest.venue.clock.now()
  await movePosition(account.id, 'orders', { time: startedAt, id: null }, now)
  return { since, orders, fills, bills, unseenCancels }
}

/** What cannot be known is said, and not left out. */
async function noteUnseen(
  { account, rest, ingest }: Recovering,
  stretch: { from: number; to: number }
) {
  const value = [stretch.from, stretch.to].map((time) => new Date(time).toISOString().slice(0, 19))
  const unknowns = [
    { kind: 'cancels not seen', value: value.join('Z to ') + 'Z', raw: JSON.stringify(stretch) },
  ]
  await ingest.tell(heardOf(account, 'recovery', rest.venue.clock.now(), { unknowns }))
}
