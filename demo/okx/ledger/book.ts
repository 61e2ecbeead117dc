import { over, toStep, type Decimal } from '#demo/okx/ledger/decimal'
import type { LedgerAccount } from '#demo/okx/ledger/account'
import { isByQuote, isOpen, type Order, type Side } from '#demo/okx/ledger/order'

export interface Resting {
  account: LedgerAccount
  order: Order
}

/** The orders that wait, of all accounts and instruments. */
export class Book {
  readonly #resting = new Map<string, Resting[]>()

  add(account: LedgerAccount, order: Order) {
    this.#of(order.instrument.instId).push({ account, order })
  }

  /** What an order of that side can meet: the best price first, and at one price the oldest. */
  opposite(instId: string, side: Side): Resting[] {
    const sign = side === 'buy' ? 1 : -1
    return this.#of(instId)
      .filter(({ order }) => order.side !== side && isOpen(order))
      .sort((a, b) => sign * Number(a.order.px! - b.order.px!))
  }

  /** Those whose price the market has come to, the oldest first. */
  crossing(instId: string, price: Decimal): Resting[] {
    return this.#of(instId).filter(({ order }) => crosses(order, price))
  }

  remove({ ordId, instrument: { instId } }: Order) {
    const left = this.#of(instId).filter(({ order }) => order.ordId !== ordId)
    this.#resting.set(instId, left)
  }

  #of(instId: string): Resting[] {
    const resting = this.#resting.get(instId) ?? []
    this.#resting.set(instId, resting)
    return resting
  }
}

/** What can still be filled at a price, in the size of fills: what a quote amount buys is rounded to a lot. */
export function leftOf(order: Order, px: Decimal = order.instrument.price): Decimal {
  return isByQuote(order)
    ? toStep(over(order.sz - order.filledAtPrice, px), order.instrument.lotSz)
    : order.sz - order.accFillSz
}

export function crosses({ side, px }: Order, price: Decimal): boolean {
  return isWithin(side, px!, price)
}

/** Whether a buyer pays as much, or a seller asks no more. */
export function isWithin(side: Side, limit: Decimal, price: Decimal): boolean {
  return side === 'buy' ? limit >= price : limit <= price
}
