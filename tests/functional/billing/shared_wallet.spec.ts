import { test } from '@japa/runner'
import { parseEther } from 'viem'
import { systemClock } from '#foundation/clock'
import Payment from '#models/payment'
import { sharedAddress } from '#billing/addresses/deposit_address'
import { assignPayment } from '#billing/ledger/assign_payment'
import { listPayments } from '#billing/ledger/list_payments'
import { storeUser } from '#tests/support/api_token'
import { amountsOf, startBilling, TERMS } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { startSender, storeEndpoint } from '#tests/support/delivery'
import { startReceiver } from '#tests/support/receiver'

const BNB = parseEther('1')
const EVENTS = { eventTypes: ['payment.credited'] }

test.group('One wallet for all', (group) => {
  group.each.setup(() => emptyDatabase())

  test('who pays is told by the wallet that sent; the rest waits for the operator', async (ctx) => {
    const { chain, checkWhenFinal, audit, ...place } = await startBilling(ctx.test)
    const wallet = chain.payers[8]!
    await sharedAddress(wallet, place)
    const user = await storeUser(chain.payers[1]!)

    await chain.pay(wallet, 2n * BNB, chain.payers[1])
    await chain.pay(wallet, 3n * BNB, chain.payers[2])
    await chain.pay(chain.payers[3]!, BNB, wallet)
    await chain.payByContract(wallet, 4n * BNB)
    await checkWhenFinal()

    ctx.assert.deepEqual(await amountsOf(user.id), [2n * BNB])
    const waiting = await listPayments({ unassigned: true, limit: 10 })
    ctx.assert.deepEqual(
      waiting.map(({ amount, sender }) => [amount, sender]),
      [
        [String(4n * BNB), null],
        [String(3n * BNB), chain.payers[2]],
      ]
    )
    const proof = await audit()
    ctx.assert.deepEqual(proof.differences, [])
    ctx.assert.deepEqual([proof.credited, proof.unassigned], [String(2n * BNB), String(7n * BNB)])
  })

  test('a payment is assigned once, and is news to its receivers then', async (ctx) => {
    const { chain, checkWhenFinal, ...place } = await startBilling(ctx.test)
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, EVENTS)
    await sharedAddress(chain.payers[8]!, place)
    const user = await storeUser('0x00000000000000000000000000000000000000aa')
    await chain.pay(chain.payers[8]!, BNB)
    await checkWhenFinal()
    startSender()

    const [waiting] = await Payment.query()
    const crediting = { terms: TERMS, clock: systemClock }
    await assignPayment(String(waiting!.id), user, crediting)
    await receiver.received(1)

    const { event } = receiver.deliveries[0]!
    ctx.assert.equal(event.event_type, 'payment.credited')
    ctx.assert.equal(event.data.amount, String(BNB))
    ctx.assert.isAbove(Number(event.data.entitled_until), Date.now())
    const again = () => assignPayment(String(waiting!.id), user, crediting)
    await ctx.assert.rejects(again, /credited to user \d+ already/)
    await ctx.assert.rejects(() => assignPayment('999', user, crediting), /no payment 999/)
  })
})
