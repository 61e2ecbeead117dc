import { formatEther } from 'viem'
import type { PaymentsProof } from '#billing/audit/audit_payments'
import type { ListedPayment } from '#billing/ledger/list_payments'
import type { Viewer } from '#http/viewer'
import {
  codeCell,
  textCell,
  timeCell,
  wordCell,
  type ListForm,
  type ListView,
} from '#views/operator/list_view'

export const OWNERS = ['unassigned'] as const

export const PROVE: ListForm = { action: '/operator/payments/audit', name: 'prove' }

export function paymentList(payments: readonly ListedPayment[], { localTime }: Viewer): ListView {
  return {
    name: 'payments',
    columns: ['payment', 'user', 'amount', 'paid', 'until', 'sender', 'transaction'],
    rows: payments.map((payment) => {
      const { id, user_id: user } = payment
      return {
        id: String(id),
        cells: [
          textCell(id),
          user === null
            ? wordCell('owner.unassigned', 'waiting')
            : { text: String(user), href: `/operator/users/${user}` },
          textCell(`${formatEther(BigInt(payment.amount))} BNB`),
          timeCell(payment.paid_at, localTime),
          timeCell(payment.entitled_until, localTime),
          codeCell(payment.sender),
          codeCell(payment.tx_hash),
        ],
        forms:
          user === null
            ? [
                {
                  action: '/operator/payments/assign',
                  name: 'assign',
                  hidden: { ids: String(id) },
                  inputs: [{ name: 'user' }],
                },
              ]
            : [],
      }
    }),
  }
}

/** Differences that are named; the command names all. */
const NAMED = 5

/** A proof in a few words: sums, and where the ledger and the chain differ. */
export function proofText({ block, addresses, differences, plans, ...sums }: PaymentsProof) {
  const bnb = (wei: string) => `${formatEther(BigInt(wei))} BNB`
  const differing = [
    ...differences.map(({ address, difference }) => `${address}: ${difference}`),
    ...plans.map(({ user_id: id, difference }) => `user ${id}: ${difference}`),
  ]
  const all = [
    `block ${block}, ${addresses} addresses: received ${bnb(sums.received)}, credited ${bnb(sums.credited)}, unassigned ${bnb(sums.unassigned)}`,
    ...differing.slice(0, NAMED),
  ]
  return all.join('; ')
}
