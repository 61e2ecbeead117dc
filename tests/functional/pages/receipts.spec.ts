import { test } from '@japa/runner'
import Payment from '#models/payment'
import User from '#models/user'
import { emptyDatabase } from '#tests/support/database'
import { storePayment } from '#tests/support/payments'
import { someWallet, Visitor } from '#tests/support/visitor'

test.group('The receipt of a payment', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  async function member() {
    const [visitor, wallet] = [new Visitor(), someWallet()]
    await visitor.logIn(wallet)
    const user = await User.findByOrFail('wallet_address', wallet.address.toLowerCase())
    return { visitor, user }
  }

  test('is a page to print, and the same as JSON, for its payer alone', async ({ assert }) => {
    const { visitor, user } = await member()
    await storePayment(user.id)
    const { id, txHash } = await Payment.firstOrFail()

    const page = await visitor.get(`/user-center/receipts/${id}`)
    assert.include(page.text, '1.5 BNB')
    assert.include(page.text, txHash!)
    const { text } = await visitor.get(`/user-center/receipts/${id}?format=json`)
    const { data } = JSON.parse(text)
    assert.containsSubset(data, {
      amount: '1500000000000000000',
      tx_hash: txHash,
      wallet_address: user.walletAddress,
    })
    assert.match(data.number, /^1970-0*\d+$/)
    const center = await visitor.get('/user-center')
    assert.include(center.text, `href="/user-center/receipts/${id}"`)

    const { visitor: other } = await member()
    const refused = await other.get(`/user-center/receipts/${id}`)
    assert.equal(refused.status, 404)
    const unknown = await visitor.get('/user-center/receipts/999')
    assert.equal(unknown.status, 404)
  })
})
