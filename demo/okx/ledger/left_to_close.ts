import type { LedgerAccount } from '#demo/okx/ledger/account'
import { leftOf } from '#demo/okx/ledger/book'
import { abs, type Decimal } from '#demo/okx/ledger/decimal'
import { isClosing, type Order } from '#demo/okx/ledger/order'

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
