import { numberToHex } from 'viem'
import plansConfig from '#config/plans'
import { type Checkout, checkoutStatus, stillDue } from '#billing/checkout/checkout'
import type DepositAddress from '#models/deposit_address'
import type Payment from '#models/payment'
import type UnconfirmedDeposit from '#models/unconfirmed_deposit'
import { addressView } from '#views/address_view'
import type { MarketReader } from '#http/money'
import type { Viewer } from '#http/viewer'
import { everydayView } from '#views/money_view'
import { paymentView } from '#views/payment_view'
import { exactBnb } from '#views/amount_view'
import { addressGroups, paymentCodes } from '#views/pay_request'

/** Less than this (wei) is what the last second left over, and not worth a word. */
const SMALL_CHANGE = 10n ** 13n

/** How many payments are told one by one. */
const SHOWN = 10

/** Where a payment stands, and what it takes to pay the rest, in the words and time of its reader. */
export function payView(
  checkout: Checkout,
  to: DepositAddress,
  viewer: Viewer,
  reader: MarketReader
) {
  const { localTime, now } = viewer
  const { quote, unconfirmed, payments, endsAt, credit } = checkout
  const due = stillDue(checkout) - (unconfirmed?.amount ?? 0n)

  return {
    stage: checkoutStatus(checkout, now),
    hasOwnRate: quote.plan !== plansConfig.base,
    price: exactBnb(quote.price),
    received: exactBnb(quote.received),
    over: exactBnb(quote.received - quote.price),
    credit: credit >= SMALL_CHANGE ? exactBnb(credit) : null,
    until: endsAt > now ? localTime(endsAt) : null,
    isHeld: now < quote.expiresAt,
    heldUntil: quote.expiresAt,
    validUntil: localTime(quote.expiresAt),
    progress: unconfirmed && progressOf(unconfirmed),
    payments: payments.slice(-SHOWN).map((payment) => ({
      ...paymentView(payment, viewer),
      exact: exactBnb(payment.amount),
    })),
    earlier: foldedView(payments.slice(0, -SHOWN)),
    request: due > 0n ? { ...requestView(to, due), worth: everydayView(due, reader) } : null,
  }
}

/** Anyone can send dust by the hundred: of what came before the newest, the sum is enough. */
function foldedView(payments: readonly Payment[]) {
  if (payments.length === 0) return null

  const amount = payments.reduce((total, payment) => total + payment.amount, 0n)
  return { count: payments.length, amount: exactBnb(amount) }
}

function progressOf({ amount, fromBlock, blockNumber, finalBlock }: UnconfirmedDeposit) {
  const blocks = Math.max(blockNumber - fromBlock, 1)
  return { amount: exactBnb(amount), done: Math.min(finalBlock - fromBlock, blocks), blocks }
}

/** What a payer needs: how much, on which chain, and where to. */
function requestView({ address, chainId, userId }: DepositAddress, due: bigint) {
  return {
    due: exactBnb(due),
    wei: String(due),
    value: numberToHex(due),
    chainId,
    chain: numberToHex(chainId),
    address: addressView(address),
    groups: addressGroups(address),
    /** All users pay there, so only the wallet that sends tells which user it was. */
    isShared: userId === null,
    codes: paymentCodes({ address, chainId, amount: due }),
  }
}
