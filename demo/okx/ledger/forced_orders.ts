import type { LedgerAccount } from '#demo/okx/ledger/account'
import { abs, type Decimal } from '#demo/okx/ledger/decimal'
import type { Category, Order } from '#demo/okx/ledger/order'
import type { Position } from '#demo/okx/ledger/position'
import type { VenueTime } from '#demo/okx/ledger/venue_time'

export interface ForcedClose {
  category: Exclude<Category, 'normal'>
  px: Decimal
  /** Contracts. Not given: all of the position. */
  sz?: Decimal
}

/**
 * Makes and fills the order by which the venue closes a position. What was recorded of a real liquidation: the order is a limit order
 * that is filled at once, its `tradeId` is 0, and the trade's id in fills and bills is negative.
 */
export function closeByForce(
  account: LedgerAccount,
  position: Position,
  { newId, now }: VenueTime,
  { category, px, sz = abs(position.size) }: ForcedClose
): Order {
  const { instrument, mgnMode, posSide, lever, size } = position
  const order: Order = {
    ordId: newId(),
    clOrdId: '',
    algoId: '',
    instrument,
    posSide,
    tdMode: mgnMode,
    lever,
    side: size > 0n ? 'sell' : 'buy',
    ordType: 'limit',
    category,
    px,
    sz,
    tgtCcy: '',
    reduceOnly: true,
    state: 'live',
    cancelSource: '',
    accFillSz: 0n,
    filledAtPrice: 0n,
    fee: 0n,
    feeCcy: instrument.settleCcy,
    pnl: 0n,
    lastFill: null,
    amendment: null,
    cTime: now(),
    uTime: now(),
  }
  const cause = category === 'adl' ? 'adl' : 'liquidation'
  account.fill(order, sz, px, '', { tradeId: `-${newId()}`, shown: '0', cause })
  return order
}
