import type { LedgerAccount } from '#demo/okx/ledger/account'
import { leftOf } from '#demo/okx/ledger/book'
import { abs, over, type Decimal } from '#demo/okx/ledger/decimal'
import { valueOf } from '#demo/okx/ledger/instruments'
import { isByQuote, isClosing, type Order } from '#demo/okx/ledger/order'

/** What an open order holds: the coin it sells, the money it pays with, or its margin. */
export function needOf(order: Order): { ccy: string; amount: Decimal } {
  const { instrument, side, sz, accFillSz, px, lever } = order
  const left = isByQuote(order) ? sz - order.filledAtPrice : sz - accFillSz
  if (instrument.instType === 'SPOT') {
    if (side === 'sell') return { ccy: instrument.baseCcy, amount: left }
    const amount = isByQuote(order) ? left : valueOf(instrument, left, px ?? instrument.price)
    return { ccy: instrument.quoteCcy, amount }
  }
  const value = valueOf(instrument, left, px ?? instrument.price)
  return { ccy: instrument.settleCcy, amount: isClosing(order) ? 0n : over(value, lever) }
}

/** Contracts of the order's position that no other order is to close. */
export function leftToClose(account: LedgerAccount, order: Order): Decimal {
  const position = account.heldFor(order)
  if (!position || position.size > 0n === (order.side === 'buy')) return 0n
  let left = abs(position.size)
  for (const other of account.openOrders) {
    if (account.heldFor(other) === position && isClosing(other)) left -= leftOf(other)
  }
  return left
}
