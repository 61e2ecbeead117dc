import type { AlgoOrder } from '#demo/okx/ledger/algo_order'
import { feeRate, valueOf } from '#demo/okx/ledger/instruments'
import { abs, times, type Decimal } from '#demo/okx/ledger/decimal'
import { FUNDING, TRANSFER, subTypeOf, TYPE_OF, type Bill } from '#demo/okx/ledger/bill'
import { isByQuote, isOpen, type Fill, type Order } from '#demo/okx/ledger/order'
import { needOf } from '#demo/okx/ledger/need'
import { Position } from '#demo/okx/ledger/position'
import type { VenueTime } from '#demo/okx/ledger/venue_time'

/** What happened to an account, as its streams tell it. */
export type AccountEvent =
  | { kind: 'order'; order: Order; fill: Fill | null }
  | { kind: 'algo'; algo: AlgoOrder }
  | {
      kind: 'balance'
      cause: string
      currencies: string[]
      position: Position | null
      fill: Fill | null
    }

export type PosMode = 'net_mode' | 'long_short_mode'

/** The ledger of one account: what it has, what it did, and a bill for every change of a balance. */
export class LedgerAccount {
  readonly balances = new Map<string, Decimal>()
  readonly orders = new Map<string, Order>()
  readonly openOrders = new Set<Order>()
  readonly algoOrders = new Map<string, AlgoOrder>()
  readonly fills: Fill[] = []
  readonly bills: Bill[] = []
  readonly positions = new Map<string, Position>()
  /** When each balance changed last, in epoch milliseconds. */
  readonly changedAt = new Map<string, number>()
  readonly #time: VenueTime
  readonly #tell: (event: AccountEvent) => void

  constructor(
    readonly uid: string,
    readonly posMode: PosMode,
    time: VenueTime,
    tell: (event: AccountEvent) => void
  ) {
    this.#time = time
    this.#tell = tell
  }

  get openPositions(): Position[] {
    return [...this.positions.values()].filter(({ size }) => size !== 0n)
  }

  balance(ccy: string): Decimal {
    return this.balances.get(ccy) ?? 0n
  }

  /** What open orders hold of a currency. */
  frozen(ccy: string): Decimal {
    let sum = 0n
    for (const order of this.openOrders) {
      const need = needOf(order)
      if (need.ccy === ccy) sum += need.amount
    }
    return sum
  }

  /** Puts in, or with a negative amount takes out. */
  transfer(ccy: string, amount: Decimal) {
    const subType = amount > 0n ? TRANSFER.in : TRANSFER.out
    this.#bill({ ccy, type: TRANSFER.type, subType, balChg: amount })
    this.#tell({
      kind: 'balance',
      cause: 'transferred',
      currencies: [ccy],
      position: null,
      fill: null,
    })
  }

  /** @param rate the share of the position's value that long pays to short, or negative the reverse */
  fund(position: Position, rate: Decimal) {
    const { instrument, size, mgnMode } = position
    const value = valueOf(instrument, abs(size), instrument.price)
    const paid = times(value, rate) * (size > 0n !== instrument.isInverse ? -1n : 1n)
    const subType = paid < 0n ? FUNDING.paid : FUNDING.received
    const { settleCcy: ccy } = instrument
    this.#bill({ ccy, type: FUNDING.type, subType, balChg: paid, pnl: paid, instrument, mgnMode })
    this.#tell({ kind: 'balance', cause: 'funding_fee', currencies: [ccy], position, fill: null })
  }

  /** Keeps an order that is new or has changed, and tells of it, with the fill that did it. */
  update(order: Order, fill: Fill | null = null) {
    order.uTime = this.#time.now()
    this.orders.set(order.ordId, order)
    if (isOpen(order)) this.openOrders.add(order)
    else this.openOrders.delete(order)
    this.#tell({ kind: 'order', order, fill })
  }

  /** Keeps an algo order that is new or has changed, and tells of it. */
  updateAlgo(algo: AlgoOrder) {
    algo.uTime = this.#time.now()
    this.algoOrders.set(algo.algoId, algo)
    this.#tell({ kind: 'algo', algo })
  }

  /** The position that fills of an order go to. */
  heldFor({ instrument, tdMode, posSide }: Order): Position | undefined {
    return this.positions.get(`${instrument.instId} ${tdMode} ${posSide}`)
  }

  /** The same; a new one where there is none. */
  #positionOf(order: Order): Position {
    const held = this.heldFor(order)
    if (held && held.size !== 0n) return held
    const { instrument, tdMode, posSide, lever } = order
    const { newId, now } = this.#time
    const mode = tdMode === 'cross' ? 'cross' : 'isolated'
    const position = new Position(newId(), instrument, mode, posSide || 'net', lever, now())
    this.positions.set(`${instrument.instId} ${tdMode} ${posSide}`, position)
    return position
  }

  /**
   * Carries a fill out: order, position, balances, bills and executions change together.
   *
   * @param ids the trade's id, and what the order's own messages say instead of it
   */
  fill(
    order: Order,
    sz: Decimal,
    px: Decimal,
    execType: Fill['execType'],
    ids: { tradeId: string; shown?: string; cause?: string }
  ): Fill {
    const { instrument, side, posSide, clOrdId, ordId, category, feeCcy } = order
    const isSpot = instrument.instType === 'SPOT'
    // A liquidation is charged by the price of the market, as its recorded bill is.
    const feePx = category.endsWith('liquidation') ? instrument.price : px
    const charged = isSpot && side === 'buy' ? sz : valueOf(instrument, sz, feePx)
    const fee = -times(charged, feeRate(instrument, execType))
    const subType = subTypeOf(category, side, posSide)
    const fill: Fill = {
      billId: '',
      ordId,
      tradeId: ids.tradeId,
      instrument,
      side,
      clOrdId,
      posSide: isSpot ? 'net' : posSide,
      sz,
      px,
      fee,
      feeCcy,
      pnl: 0n,
      execType,
      subType,
      time: this.#time.now(),
    }
    const position = isSpot ? null : this.#positionOf(order)
    if (position) {
      this.#settleContract(order, fill, position)
    } else {
      this.#settleSpot(order, fill)
    }
    this.fills.push(fill)
    order.accFillSz += sz
    order.filledAtPrice += times(sz, px)
    order.fee += fee
    order.pnl += fill.pnl
    order.lastFill = { ...fill, tradeId: ids.shown ?? ids.tradeId }
    order.amendment = null
    order.state = !isByQuote(order) && order.accFillSz === order.sz ? 'filled' : 'partially_filled'
    this.update(order, order.lastFill)

    const currencies = isSpot ? [instrument.baseCcy, instrument.quoteCcy] : [instrument.settleCcy]
    this.#tell({ kind: 'balance', cause: ids.cause ?? 'filled', currencies, position, fill })
    return fill
  }

  #settleContract({ tdMode, category }: Order, fill: Fill, position: Position) {
    const { instrument, side, sz, px, fee, subType } = fill
    const { pnl, marginChange } = position.take(side, sz, px)
    fill.pnl = pnl
    position.fee += fee
    position.tradeId = fill.tradeId
    position.uTime = fill.time
    fill.billId = this.#bill({
      ccy: instrument.settleCcy,
      type: TYPE_OF[category],
      subType,
      instrument,
      fill,
      pnl,
      fee,
      mgnMode: tdMode,
      posBal: position.margin,
      posBalChg: marginChange,
      balChg: pnl + fee - marginChange,
    })
  }

  /** Two bills: what is given, and what is got less the fee. */
  #settleSpot({ category }: Order, fill: Fill) {
    const { instrument, side, sz, px, fee, subType } = fill
    const value = valueOf(instrument, sz, px)
    const { baseCcy, quoteCcy } = instrument
    const common = { type: TYPE_OF[category], subType, instrument, fill }
    const [given, got] = side === 'buy' ? [value, sz] : [sz, value]
    const [from, to] = side === 'buy' ? [quoteCcy, baseCcy] : [baseCcy, quoteCcy]
    this.#bill({ ...common, ccy: from, balChg: -given })
    fill.billId = this.#bill({ ...common, ccy: to, balChg: got + fee, fee })
  }

  #bill(bill: Partial<Bill> & Pick<Bill, 'ccy' | 'type' | 'subType' | 'balChg'>): string {
    const { ccy, balChg } = bill
    const bal = this.balance(ccy) + balChg
    const [billId, ts] = [this.#time.newId(), this.#time.now()]
    this.balances.set(ccy, bal)
    this.changedAt.set(ccy, ts)
    this.bills.push({
      posBal: 0n,
      posBalChg: 0n,
      pnl: 0n,
      fee: 0n,
      mgnMode: '',
      instrument: null,
      fill: null,
      ...bill,
      billId,
      bal,
      ts,
    })
    return billId
  }
}
