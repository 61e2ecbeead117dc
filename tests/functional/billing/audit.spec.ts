import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { parseEther } from 'viem'
import { openQuote } from '#billing/checkout/open_quote'
import { startTrial } from '#billing/plans/change_plan'
import { startBilling, TERMS } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, someHash } from '#tests/support/facts'

const BNB = parseEther('1')
const wei = (bnb: number) => String(parseEther(String(bnb)))

/** A change of the ledger that no payment made: to rows of a table, in SQL. */
type Alteration = () => Promise<unknown>

const first = (table: string) => db.from(table).orderBy('id').limit(1)
const update = (table: string, values: object, where = {}): Alteration => {
  return async () => {
    const row = await db.from(table).where(where).orderBy('id').firstOrFail()
    return db.from(table).where('id', row.id).update(values)
  }
}
const remove = (table: string, where = {}): Alteration => {
  return async () => {
    const row = await db.from(table).where(where).orderBy('id', 'desc').firstOrFail()
    return db.from(table).where('id', row.id).delete()
  }
}
const copy = (table: string, values: object): Alteration => {
  return async () => {
    const { id, ...row } = await first(table).firstOrFail()
    return db.table(table).insert({ ...row, ...values, id: Number(id) + 1_000_000 })
  }
}
const all = (...each: Alteration[]): Alteration => {
  return async () => {
    for (const one of each) await one()
  }
}
const UNNAMED = { sender: null, tx_hash: null }
const YEARLY = { plan: 'yearly' }

interface Numbers {
  /** Of users: one paid monthly, one yearly, the third has a trial. */
  one: number
  two: number
  three: number
  /** Of the first payment. */
  paid: number
}

/** What was altered, and how. */
const alterations = ({ one, two, three, paid }: Numbers): Record<string, Alteration> => ({
  'a payment says more': update('payments', { amount: wei(3) }),
  'a payment says less': update('payments', { amount: wei(1) }),
  'a payment is gone': remove('payments'),
  'a payment is there twice': copy('payments', { position: 9 }),
  'a payment is made up, with a loss to match': all(
    copy('payments', { ...UNNAMED, position: 9, amount: wei(5) }),
    copy('deposit_outflows', { kind: 'loss', nonce: null, tx_hash: null, amount: wei(5) })
  ),
  'a payment is credited to another user': update('payments', { owner_id: two }),
  'a payment waits for an owner again': update('payments', { owner_id: null }),
  'a payment names another transaction': update('payments', { tx_hash: someHash() }),
  'a payment names another payer': update('payments', { sender: someAddress() }),
  'a payment names another address': update('payments', { address: someAddress() }),
  'a payment names other blocks': update('payments', { from_block: 3, to_block: 4 }),
  'a payment names another time': update('payments', { event_time: 1000 }),
  'a payment of the future is made up': copy('payments', { ...UNNAMED, to_block: 1e9 }),
  'a payment names other balances': update('payments', { balance_after: wei(7) }),
  'a payment names a later end': update('payments', { entitled_until: 4e12 }),
  'the address is another one': update(
    'deposit_addresses',
    { address: someAddress() },
    { user_id: one }
  ),
  'the address belongs to another user': all(
    update('deposit_addresses', { user_id: null }, { user_id: one }),
    update('deposit_addresses', { user_id: one }, { user_id: two })
  ),
  'the address has another index': update(
    'deposit_addresses',
    { derivation_index: 77 },
    { user_id: one }
  ),
  'the address held more at first, and a payment is gone': all(
    update('deposit_addresses', { opening_balance: wei(4) }, { user_id: two }),
    async () => db.from('payments').where({ owner_id: two }).delete()
  ),
  'the address held less at first': update(
    'deposit_addresses',
    { opening_balance: `-${wei(1)}` },
    { user_id: one }
  ),
  'the address had sent before': update(
    'deposit_addresses',
    { opening_nonce: 1 },
    { user_id: one }
  ),
  'less is accounted for': update('deposit_addresses', { seen_balance: '0' }, { user_id: two }),
  'the address is never read again': update(
    'deposit_addresses',
    { seen_block: 1e9 },
    { user_id: one }
  ),
  'a transaction is taken for done': update(
    'deposit_addresses',
    { seen_nonce: 5 },
    { user_id: one }
  ),
  'a sweep took more': update('deposit_outflows', { amount: wei(5) }),
  'a sweep is gone': remove('deposit_outflows'),
  'a sweep is a loss': update('deposit_outflows', { kind: 'loss' }),
  'a sweep names another transaction': update('deposit_outflows', { nonce: 4 }),
  'a plan ends later': () =>
    db.from('entitlements').where('user_id', one).update({ ends_at: 4e12 }),
  'a plan is another one': () => db.from('entitlements').where('user_id', one).update(YEARLY),
  'credit is made up': () =>
    db
      .from('entitlements')
      .where('user_id', one)
      .update({ credit: wei(1) }),
  'a plan is gone': () => db.from('entitlements').where('user_id', one).delete(),
  'a trial never was': () =>
    db.from('entitlements').where('user_id', three).update({ trial_started_at: null }),
  'a change gives more': update('entitlement_changes', { ends_after: 4e12 }, { user_id: two }),
  'a change is gone': remove('entitlement_changes', { user_id: two }),
  'a change names another payment': update(
    'entitlement_changes',
    { payment_id: paid },
    { user_id: two }
  ),
  'a change cost less': update('entitlement_changes', { spent: '1' }, { user_id: one }),
  'a change was cheaper': update('entitlement_changes', { price: wei(0.1) }, { user_id: one }),
  'a quote was cheaper': update('payment_quotes', { price: wei(5) }),
  'a quote received more': update('payment_quotes', { received: wei(50) }),
  'a quote bought more': update('payment_quotes', { granted_ms: 1 }),
  'a full quote is open again': update('payment_quotes', { state: 'open' }),
})

test.group('The audit of payments', (group) => {
  group.tap((each) => each.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  /** A ledger with all that it knows: payments of each kind, sweeps, credit, a full quote, a trial. */
  async function someLedger(ctx: { test: Parameters<typeof startBilling>[0] }) {
    const billing = await startBilling(ctx.test)
    const { chain, clock, someUser, checkWhenFinal } = billing
    const [monthly, yearly, visitor] = [await someUser(), await someUser(), await someUser()]
    const offer = { terms: TERMS, clock }
    await startTrial(visitor.user.id, offer)
    const { price } = await openQuote(yearly.user.id, 'yearly', offer)
    await chain.pay(monthly.pays, 2n * BNB)
    await chain.payByContract(monthly.pays, 3n)
    await chain.pay(yearly.pays, 4n * BNB)
    await checkWhenFinal()
    await chain.sweep(monthly.pays)
    await chain.pay(monthly.pays, parseEther('0.0001'))
    await chain.pay(yearly.pays, price - 4n * BNB)
    await checkWhenFinal()
    const [one, two, three] = [monthly, yearly, visitor].map(({ user }) => user.id)
    const { id: paid } = await first('payments').firstOrFail()
    return { ...billing, numbers: { one, two, three, paid: Number(paid) } as Numbers }
  }

  test('notices each alteration of the ledger', async (ctx) => {
    const { differences, numbers } = await someLedger(ctx)
    ctx.assert.deepEqual(await differences(), [])

    const unnoticed: string[] = []
    for (const [name, alter] of Object.entries(alterations(numbers))) {
      await db.beginGlobalTransaction()
      try {
        await db.rawQuery('pragma defer_foreign_keys = on')
        await alter()
        const noticed = await differences()
        if (noticed.length === 0) unnoticed.push(name)
      } finally {
        await db.rollbackGlobalTransaction()
      }
    }
    ctx.assert.deepEqual(unnoticed, [])
    ctx.assert.deepEqual(await differences(), [])
  })
})
