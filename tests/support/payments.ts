import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import Payment from '#models/payment'
import { credit } from '#billing/ledger/credit'
import type { PlanTerms } from '#config/plans'
import db from '@adonisjs/lucid/services/db'
import { someAddress, someHash } from '#tests/support/facts'

/** Stores a payment as a watcher would; without an owner it matched no account. */
export async function storePayment(ownerId: number | null, sender = someAddress()) {
  await db.table('deposit_addresses').insert({
    chain_id: 56,
    address: sender,
    user_id: ownerId,
    created_at: 0,
    opening_block: 1,
    seen_block: 1,
    opening_nonce: 0,
    seen_nonce: 0,
    opening_balance: '0',
    seen_balance: '0',
  })
  const address = await db.from('deposit_addresses').where('address', sender).firstOrFail()
  await db.table('payments').insert({
    chain_id: 56,
    address_id: address.id,
    address: sender,
    owner_id: ownerId,
    sender,
    amount: '1500000000000000000',
    tx_hash: someHash(),
    plan: 'monthly',
    from_block: 1,
    to_block: 2,
    position: 0,
    balance_before: '0',
    balance_after: '15',
    event_time: 0,
    created_at: 0,
    webhook_sent: false,
  })
}

/** Stores a payment and turns it into time, as a watcher would. */
export async function storeCredited(
  owner: number,
  amount: bigint,
  { terms, clock }: { terms: PlanTerms; clock: Clock }
) {
  await storePayment(null)
  await writeTransaction(async (trx) => {
    const payment = await Payment.query({ client: trx }).orderBy('id', 'desc').firstOrFail()
    payment.merge({ amount, eventTime: clock.now() })
    await credit(trx, payment, owner, terms, { since: clock.now(), now: clock.now() })
  })
}
