import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { writeTransaction } from '#foundation/db/write_transaction'
import type DepositAddress from '#models/deposit_address'
import type { PlanTerms } from '#billing/plans/plan_terms'
import type { AccountChange } from '#billing/watching/account_changes'
import { credit } from '#billing/crediting/credit'
import { depositsIn } from '#billing/crediting/deposits_in'
import { payerOf } from '#billing/crediting/payer_of'
import { storeOutflows } from '#billing/crediting/store_outflows'
import { storePayment } from '#billing/crediting/store_payment'

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
 * @returns what came in, in wei; null when somebody else has accounted for it already
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
        await credit(trx, payment, owner, terms, now)
      }
    }
    return deposits.reduce((total, { amount }) => total + amount, 0n)
  })
}

/** Only from exactly the state that the change begins with: a second one finds another there. */
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
