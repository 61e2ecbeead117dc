import type { LedgerAccount } from '#demo/okx/ledger/account'
import { decimal, type Decimal } from '#demo/okx/ledger/decimal'
import type { Instrument } from '#demo/okx/ledger/instruments'
import { OrderRefused, type Order, type OrderRequest } from '#demo/okx/ledger/order'
import type { VenueTime } from '#demo/okx/ledger/venue_time'

const SIDES = ['buy', 'sell']
const ORDER_TYPES = ['market', 'limit', 'post_only', 'fok', 'ioc']

/** @throws OrderRefused with the code of the parameter that is wrong */
export function readRequest(
  request: OrderRequest,
  instrument: Instrument,
  account: LedgerAccount,
  { newId, now }: VenueTime
): Order {
  const { side, clOrdId = '', ordType = request.px === undefined ? 'market' : 'limit' } = request
  const isSpot = instrument.instType === 'SPOT'
  if (!SIDES.includes(side)) throw parameter('side')
  if (!ORDER_TYPES.includes(ordType)) throw parameter('ordType')
  if (clOrdId && [...account.orders.values()].some((order) => order.clOrdId === clOrdId)) {
    throw new OrderRefused('51016', 'Duplicated client order ID')
  }
  const px = ordType === 'market' ? null : positive(request.px, 'px')
  const tgtCcy = request.tgtCcy ?? (side === 'buy' ? 'quote_ccy' : 'base_ccy')
  return {
    ordId: newId(),
    clOrdId,
    algoId: '',
    instrument,
    side,
    ordType,
    px,
    posSide: isSpot ? '' : posSideOf(request, account),
    tdMode: isSpot ? 'cash' : request.tdMode === 'cross' ? 'cross' : 'isolated',
    category: 'normal',
    sz: positive(request.sz, 'sz'),
    tgtCcy: isSpot && ordType === 'market' ? tgtCcy : '',
    lever: isSpot ? 0n : positive(request.lever ?? '10', 'lever'),
    reduceOnly: request.reduceOnly ?? false,
    state: 'live',
    cancelSource: '',
    accFillSz: 0n,
    filledAtPrice: 0n,
    feeCcy:
      isSpot && side === 'buy'
        ? instrument.baseCcy
        : isSpot
          ? instrument.quoteCcy
          : instrument.settleCcy,
    fee: 0n,
    pnl: 0n,
    lastFill: null,
    amendment: null,
    cTime: now(),
    uTime: now(),
  }
}

function posSideOf({ posSide = 'net' }: OrderRequest, { posMode }: LedgerAccount) {
  if ((posSide === 'net') !== (posMode === 'net_mode')) throw parameter('posSide')
  return posSide
}

function positive(text: string | undefined, name: string): Decimal {
  try {
    const value = decimal(text ?? '')
    if (value > 0n) return value
  } catch {
    // It is refused below, as what is not positive.
  }
  throw parameter(name)
}

function parameter(name: string): OrderRefused {
  return new OrderRefused('51000', `Parameter ${name} error`)
}
