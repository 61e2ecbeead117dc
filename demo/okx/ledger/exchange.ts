import { decimal, least, textOf, type Decimal } from '#demo/okx/ledger/decimal'
import type { LedgerAccount } from '#demo/okx/ledger/account'
import { Book, crosses, isWithin, leftOf } from '#demo/okx/ledger/book'
import { leftToClose } from '#demo/okx/ledger/left_to_close'
import { needOf } from '#demo/okx/ledger/need'
import { openInstruments, type Instrument } from '#demo/okx/ledger/instruments'
import {
  isByQuote,
  isClosing,
  isOpen,
  OrderRefused,
  type Order,
  type OrderRequest,
  type Side,
} from '#demo/okx/ledger/order'
import { closeByForce, type ForcedClose } from '#demo/okx/ledger/forced_orders'
import type { Position } from '#demo/okx/ledger/position'
import { readRequest } from '#demo/okx/ledger/read_request'
import type { VenueTime } from '#demo/okx/ledger/venue_time'

/** Why an order ended unfilled: the codes of `cancelSource`. */
const ENDED_BY = {
  user: '1',
  liquidation: '3',
  adl: '7',
  fillOrKill: '13',
  immediateOrCancel: '14',
  postOnly: '31',
}

/**
 * Matches orders. The accounts' own orders rest in a book and go first by price and then by time;
 * behind them stands the outside world, which takes and gives at the price of the instrument.
 */
export class Exchange {
  readonly instruments = openInstruments()
  readonly time: VenueTime
  readonly #book = new Book()
  #trades = 1_800_000_000

  constructor(time: VenueTime) {
    this.time = time
  }

  instrument(instId: string): Instrument {
    const instrument = this.instruments.get(instId)
    if (!instrument) throw new OrderRefused('51001', 'Instrument ID does not exist')
    return instrument
  }

  /** @throws OrderRefused */
  place(account: LedgerAccount, request: OrderRequest, algoId = ''): Order {
    const order = readRequest(request, this.instrument(request.instId), account, this.time)
    order.algoId = algoId
    const need = needOf(order)
    if (account.balance(need.ccy) - account.frozen(need.ccy) < need.amount) {
      throw new OrderRefused('51008', `Order failed. Insufficient ${need.ccy} balance in account. `)
    }
    if (isClosing(order) && leftToClose(account, order) < order.sz) {
      throw new OrderRefused(
        '51169',
        'Order failed because you do not have any positions in this direction for this contract to reduce or close.'
      )
    }
    account.update(order)
    this.#match(account, order)
    return order
  }

  /** The venue closes a position, and first cancels the orders that would have closed it. */
  closeByForce(account: LedgerAccount, position: Position, forced: ForcedClose): Order {
    const why = forced.category === 'adl' ? ENDED_BY.adl : ENDED_BY.liquidation
    for (const order of account.openOrders) {
      if (account.heldFor(order) === position) this.#end(account, order, why)
    }
    return closeByForce(account, position, this.time, forced)
  }

  /** Closes every position whose margin the price of its instrument has used up. */
  liquidate(account: LedgerAccount) {
    for (const position of account.openPositions) {
      if (!position.isLiquidatedAt(position.instrument.price)) continue
      this.closeByForce(account, position, {
        category: 'full_liquidation',
        px: position.bankruptcyPx,
      })
    }
  }

  /** @throws OrderRefused when it is not open */
  cancel(account: LedgerAccount, ordId: string): Order {
    const order = openOrder(
      account,
      ordId,
      '51400',
      'Cancellation failed as the order has been filled, canceled or does not exist.'
    )
    this.#end(account, order, ENDED_BY.user)
    return order
  }

  /** @throws OrderRefused when it is not open, or nothing of it would be left */
  amend(
    account: LedgerAccount,
    ordId: string,
    to: { newSz?: string; newPx?: string; reqId?: string }
  ) {
    const order = openOrder(
      account,
      ordId,
      '51503',
      'Order modification failed as the order has been filled, canceled or does not exist.'
    )
    const sz = to.newSz === undefined ? order.sz : decimal(to.newSz)
    if (sz <= order.accFillSz)
      throw new OrderRefused('51505', 'The new size is not above the filled size')
    order.sz = sz
    if (to.newPx !== undefined) order.px = decimal(to.newPx)
    order.amendment = { reqId: to.reqId ?? '', result: '0' }
    this.#book.remove(order)
    account.update(order)
    this.#match(account, order)
    return order
  }

  /** The outside world trades at a new price: what rests on the wrong side of it is filled. */
  setPrice(instId: string, px: string) {
    const instrument = this.instrument(instId)
    instrument.price = decimal(px)
    for (const { account, order } of this.#book.crossing(instId, instrument.price)) {
      if (isOpen(order)) this.#fillAtOwnPrice(account, order, leftOf(order))
    }
  }

  /** The outside world buys or sells so much of what rests, and no more. @returns what is left */
  trade(instId: string, side: Side, sz: string): string {
    let left = decimal(sz)
    for (const { account, order } of this.#book.opposite(instId, side)) {
      if (left === 0n) break
      const part = least(left, leftOf(order))
      this.#fillAtOwnPrice(account, order, part)
      left -= part
    }
    return textOf(left)
  }

  #match(account: LedgerAccount, order: Order) {
    const { instrument, ordType } = order
    const limit = ordType === 'market' ? null : order.px
    const makers = this.#book
      .opposite(instrument.instId, order.side)
      .filter((one) => limit === null || isWithin(order.side, limit, one.order.px!))
    const reachesOutside = limit === null || crosses(order, instrument.price)
    if (ordType === 'post_only' && (makers.length > 0 || reachesOutside)) {
      return this.#end(account, order, ENDED_BY.postOnly)
    }
    const outside = reachesOutside ? (instrument.depth ?? leftOf(order)) : 0n
    const within = makers.reduce((sum, one) => sum + leftOf(one.order), outside)
    if (ordType === 'fok' && within < leftOf(order)) {
      return this.#end(account, order, ENDED_BY.fillOrKill)
    }
    for (const maker of makers) {
      const px = maker.order.px!
      const sz = least(leftOf(order, px), leftOf(maker.order))
      if (sz === 0n) break
      const ids = { tradeId: this.#newTradeId() }
      account.fill(order, sz, px, 'T', ids)
      maker.account.fill(maker.order, sz, px, 'M', ids)
      if (!isOpen(maker.order)) this.#book.remove(maker.order)
    }
    const rest = least(leftOf(order), outside)
    if (rest > 0n) account.fill(order, rest, instrument.price, 'T', { tradeId: this.#newTradeId() })
    this.#settle(account, order)
  }

  /** What becomes of an order once it has met all that it could. */
  #settle(account: LedgerAccount, order: Order) {
    if (order.state === 'filled') return
    if (isByQuote(order) && leftOf(order) === 0n) {
      // The venue ends such an order with a message of its own that has no fill.
      order.state = 'filled'
      order.lastFill = null
      account.update(order)
    } else if (order.ordType === 'limit' || order.ordType === 'post_only') {
      this.#book.add(account, order)
    } else {
      this.#end(account, order, ENDED_BY.immediateOrCancel)
    }
  }

  #fillAtOwnPrice(account: LedgerAccount, order: Order, sz: Decimal) {
    account.fill(order, sz, order.px!, 'M', { tradeId: this.#newTradeId() })
    if (!isOpen(order)) this.#book.remove(order)
  }

  #newTradeId(): string {
    return String(++this.#trades)
  }

  #end(account: LedgerAccount, order: Order, cancelSource: string) {
    order.state = 'canceled'
    order.cancelSource = cancelSource
    order.lastFill = null
    order.amendment = null
    this.#book.remove(order)
    account.update(order)
  }
}

/** @throws OrderRefused */
function openOrder(account: LedgerAccount, ordId: string, sCode: string, sMsg: string): Order {
  const order = account.orders.get(ordId)
  if (!order || !isOpen(order)) throw new OrderRefused(sCode, sMsg)
  return order
}
