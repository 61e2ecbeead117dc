import { explorerUrl } from '#feed/explorer'
import type Payment from '#models/payment'
import { amountView } from '#views/amount_view'
import type { Viewer } from '#http/viewer'

/** A payment as a line of a table: when, how much, and what it bought. */
export function paymentView(payment: Payment, { locale, localTime }: Viewer) {
  const { id, chainId, txHash, amount, plan, entitledUntil, eventTime } = payment
  return {
    receipt: `/user-center/receipts/${id}`,
    time: localTime(eventTime),
    amount: amountView(amount, 'BNB', locale)!,
    plan,
    until: entitledUntil === null ? null : localTime(entitledUntil),
    tx: txHash && explorerUrl(chainId, 'tx', txHash),
  }
}
