import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type DepositAddress from '#models/deposit_address'
import Payment from '#models/payment'
import type { AccountChange } from '#billing/watching/account_changes'
import type { Deposit } from '#billing/crediting/deposits_in'

interface Received {
  address: DepositAddress
  change: AccountChange
  deposit: Deposit
  /** Of several in one change. */
  position: number
  owner: number | null
}

/** Stores what came in with its evidence. Without an owner it is kept from the outbox. */
export function storePayment(
  client: TransactionClientContract,
  { address, change: { from, to, time }, deposit, position, owner }: Received,
  now: number
): Promise<Payment> {
  return Payment.create(
    {
      chainId: address.chainId,
      addressId: address.id,
      address: address.address,
      ownerId: owner,
      quoteId: null,
      amount: deposit.amount,
      sender: deposit.sender,
      txHash: deposit.hash,
      fromBlock: from.block,
      toBlock: to.block,
      position,
      balanceBefore: from.balance,
      balanceAfter: to.balance,
      plan: null,
      entitledUntil: null,
      eventTime: time,
      createdAt: now,
      plannedAt: owner === null ? now : null,
      webhookSent: false,
    },
    { client }
  )
}
