import accountsConfig from '#config/accounts'
import { explorerUrl } from '#feed/explorer'
import type { Viewer } from '#http/viewer'
import type Payment from '#models/payment'
import { exactBnb } from '#views/amount_view'

/** A payment as its payer keeps it: on paper, or as JSON. */
export function receiptView(payment: Payment, wallet: string | null, { localTime }: Viewer) {
  const { id, chainId, txHash, amount, plan, entitledUntil, eventTime } = payment
  return {
    number: receiptNumber(payment),
    id,
    amount: exactBnb(amount),
    plan,
    time: localTime(eventTime),
    until: entitledUntil === null ? null : localTime(entitledUntil),
    chainId,
    address: payment.address,
    blocks: [payment.fromBlock, payment.toBlock],
    wallet,
    txHash,
    tx: txHash && explorerUrl(chainId, 'tx', txHash),
    site: accountsConfig.appUrl ?? null,
  }
}

/** The same for programs. Amounts are wei, times epoch milliseconds. */
export function receiptAnswer(payment: Payment, wallet: string | null) {
  return {
    number: receiptNumber(payment),
    amount: String(payment.amount),
    currency: 'BNB',
    plan: payment.plan,
    paid_at: payment.eventTime,
    entitled_until: payment.entitledUntil,
    chain_id: payment.chainId,
    address: payment.address,
    from_block: payment.fromBlock,
    to_block: payment.toBlock,
    tx_hash: payment.txHash,
    wallet_address: wallet,
  }
}

/** Year and number, such as `2026-000123`. */
function receiptNumber({ id, eventTime }: Payment): string {
  return `${new Date(eventTime).getUTCFullYear()}-${String(id).padStart(6, '0')}`
}
