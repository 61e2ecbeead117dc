import { paidPlans } from '#config/plans'
import { choice, id, nullable, text, time, wide, whole } from '#facts/columns'
import { defineFact } from '#facts/define_fact'

/** BNB came in and was credited. Only what is final is: no reorg takes it back. */
export const payment = defineFact({
  type: 'payment',
  table: 'payments',
  columns: {
    id: id(),
    chain_id: wide(),
    address: text(),
    amount: text(),
    sender: nullable(text()),
    tx_hash: nullable(text()),
    from_block: wide(),
    to_block: wide(),
    position: whole(),
    balance_before: text(),
    balance_after: text(),
    plan: nullable(choice(paidPlans())),
    entitled_until: nullable(time()),
    event_time: time(),
  },
  identity: ['chain_id', 'address', 'to_block', 'position'],
  timeColumn: 'event_time',
  isOnChain: false,
  events: 'payment.credited',
  isAskedForByName: true,
  source: 'regou',
  ownerColumn: 'owner_id',
  waitsForOwner: true,
  stream: { letter: 'c' },
  kept: 'for_ever',
})
