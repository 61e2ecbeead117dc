import { Decimal } from '#foundation/text/decimal'
import type { Completeness } from '#facts/verification'
import { isTradeNumber, type OkxFill } from '#sources/okx/fill'
import { compareIds, type OkxBill } from '#sources/okx/bill'
import { addsUp } from '#verification/evidence/filled_size'
import type { RawItems } from '#verification/evidence/raw_items'

/** How sure it is that the venue's answers hold all of an order. */
export function completenessOf({ told, fills, bills }: RawItems): Completeness {
  const own = bills.filter(({ ordId }) => ordId === told.order.ordId)
  const sizes = fills.map(({ fillSz }) => fillSz)
  if (!addsUp(sizes, told.order.accFillSz ?? null) || !fills.every((fill) => hasBill(fill, own))) {
    return 'partial'
  }
  const currencies = [...new Set(own.map(({ ccy }) => ccy))]
  const isProven = own.length > 0 && currencies.every((ccy) => chainHolds(bills, own, ccy))
  return isProven ? 'proven' : 'order_only'
}

function hasBill({ billId, tradeId }: OkxFill, bills: readonly OkxBill[]): boolean {
  return bills.some(
    (bill) => bill.billId === billId || (isTradeNumber(tradeId) && bill.tradeId === tradeId)
  )
}

/**
 * Whether each balance is that of the bill before and the change, from the bill before the order to
 * the one after it. Without one before it, the first change is on no base.
 */
function chainHolds(all: readonly OkxBill[], own: readonly OkxBill[], ccy: string): boolean {
  const bills = all.filter((bill) => bill.ccy === ccy)
  const ids = own
    .filter((bill) => bill.ccy === ccy)
    .map(({ billId }) => billId)
    .sort(compareIds)
  const first = bills.findIndex(({ billId }) => billId === ids[0])
  const last = bills.findIndex(({ billId }) => billId === ids.at(-1))
  return first > 0 && bills.slice(first - 1, last + 2).every(follows)
}

function follows({ bal, balChg }: OkxBill, index: number, bills: readonly OkxBill[]): boolean {
  const before = bills[index - 1]
  if (!before) {
    return true
  }
  const reckoned = Decimal.parse(before.bal).plus(Decimal.parse(balChg))
  return reckoned.compare(Decimal.parse(bal)) === 0
}
