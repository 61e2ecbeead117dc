import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { writeTransaction } from '#foundation/db/transaction'
import type DepositAddress from '#models/deposit_address'
import DepositOutflow from '#models/deposit_outflow'
import Payment from '#models/payment'
import User from '#models/user'
import { credit } from '#billing/ledger/credit'
import { depositsIn, type Deposit } from '#billing/ledger/deposits_in'
import type { PlanTerms } from '#config/plans'
import type { AccountChange } from '#billing/watcher/believe_changes'
import type { AccountState } from '#billing/watcher/account_state'

interface Accounting {
  terms: PlanTerms
  /** Epoch milliseconds. */
  now: number
  /** Confirms, inside the transaction, the right to write; throws where it is lost. */
  confirm: (trx: TransactionClientContract) => Promise<void>
}

/**
 * Enters what happened to an address in the ledger, all of it or nothing: payments, what they
 * bought, what left, and how far the address is accounted for.
 *
 * @returns what came in, in wei; null when another watcher has accounted for it already
 */
export function accountFor(
  address: DepositAddress,
  change: AccountChange,
  { terms, now, confirm }: Accounting
): Promise<bigint | null> {
  return writeTransaction(async (trx) => {
    await confirm(trx)
    if (!(await moveOn(trx, address, change))) {
      return null
    }
    const { deposits, lost } = depositsIn(change)
    await storeOutflows(trx, address.id, { ...change, lost }, now)

    for (const [position, deposit] of deposits.entries()) {
      const owner = await payerOf(trx, address, deposit)
      const payment = await storePayment(trx, { address, change, deposit, position, owner }, now)
      if (owner !== null) {
        await credit(trx, payment, owner, terms, { since: change.since, now })
      }
    }
    return deposits.reduce((total, { amount }) => total + amount, 0n)
  })
}

/** Only from exactly the state that the change begins with: a second writer finds another there. */
async function moveOn(
  trx: TransactionClientContract,
  { id }: DepositAddress,
  { from, to }: AccountChange
): Promise<boolean> {
  const moved = await trx
    .from('deposit_addresses')
    .where({ id, seen_balance: String(from.balance), seen_nonce: from.nonce })
    .where('seen_block', '<=', from.block)
    .update({
      seen_block: to.block,
      seen_balance: String(to.balance),
      seen_nonce: to.nonce,
    })
  return Number(moved) === 1
}

/**
 * The user whose deposit it is: the one who was given the address; at the shared wallet, the one who
 * logs in with the wallet that sent it. Null where that is not known, or the account is deleted: the
 * payment is unassigned.
 */
async function payerOf(
  client: TransactionClientContract,
  { userId }: DepositAddress,
  { sender }: Deposit
): Promise<number | null> {
  if (userId === null && sender === null) return null

  const known = userId === null ? { wallet_address: sender } : { id: userId }
  const user = await User.query({ client }).where(known).whereLike('wallet_address', '0x%').first()
  return user?.id ?? null
}

interface Received {
  address: DepositAddress
  change: AccountChange
  deposit: Deposit
  /** Of several in one change. */
  position: number
  owner: number | null
}

/** Stores what came in with its evidence. Without an owner it is kept from the outbox. */
function storePayment(
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

interface Outflows extends Pick<AccountChange, 'outgoing' | 'delegations'> {
  lost: bigint
  to: AccountState
}

/**
 * Stores what left an address: each of its own transactions, and what is gone without one. What
 * used up a number and took nothing stands there with 0, so that the numbers can be counted.
 */
async function storeOutflows(
  client: TransactionClientContract,
  addressId: number,
  { outgoing, delegations, lost, to }: Outflows,
  now: number
) {
  const sweeps = outgoing.map(({ hash, nonce, amount, block }) => ({
    kind: 'sweep' as const,
    nonce,
    txHash: hash,
    amount,
    blockNumber: block,
  }))
  const signed = delegations.map(({ hash, nonce, block }) => ({
    kind: 'delegation' as const,
    nonce,
    txHash: hash,
    amount: 0n,
    blockNumber: block,
  }))
  const loss = { kind: 'loss' as const, amount: lost, blockNumber: to.block }

  for (const outflow of [...sweeps, ...signed, ...(lost > 0n ? [loss] : [])]) {
    await DepositOutflow.create({ ...outflow, addressId, createdAt: now }, { client })
  }
}
