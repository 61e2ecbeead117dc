import { over, type Decimal } from '#demo/okx/ledger/decimal'
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
