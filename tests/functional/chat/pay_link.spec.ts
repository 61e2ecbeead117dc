import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import accountsConfig from '#config/accounts'
import billingConfig from '#config/billing'
import { payLimits } from '#config/limiter'
import { storeAddress } from '#billing/addresses/deposit_address'
import { systemClock } from '#foundation/clock'
import OneUseKey from '#models/one_use_key'
import PaymentQuote from '#models/payment_quote'
import User from '#models/user'
import { answerCommand } from '#chat/commands/answer_command'
import { emptyDatabase } from '#tests/support/database'
import { addressOn, receiveWith } from '#tests/support/pay_page'
import { someAddress } from '#tests/support/facts'
import { Visitor } from '#tests/support/visitor'

const SITE = 'https://regou.example'
const CHAT = { channel: 'wechat', targetId: 1, left: 5, openUntil: null, isHinted: false } as const

test.group('The pay link of a chat', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(async () => {
    for (const limit of Object.values(payLimits)) await limiter.use(limit).clear()
  })
  group.each.setup(() => {
    accountsConfig.appUrl = SITE
    return () => {
      accountsConfig.appUrl = undefined
    }
  })

  /** A user who asks for a link in a chat; answers its path. */
  async function linkOf(said: string): Promise<string> {
    const user = await User.create({
      walletAddress: someAddress(),
      language: 'en',
      createdAt: 1,
      updatedAt: 1,
    })
    const { text } = await answerCommand(user, said, systemClock.now(), CHAT)
    return /https:\/\/regou\.example(\/pay\/[\w-]+)/.exec(text!)![1]!
  }

  test('opens the pay page once, after a tap, in one browser and nothing else', async ({
    assert,
    test: self,
  }) => {
    const collectWallet = someAddress() as `0x${string}`
    receiveWith(self, { collectWallet, xpub: undefined })
    const unread = { block: 0, balance: 0n, nonce: 0 }
    await storeAddress({ chainId: billingConfig.chainId, address: collectWallet }, unread, 1)
    const path = await linkOf('/renew yearly')
    const [scanner, phone, other] = [new Visitor(), new Visitor(), new Visitor()]

    // What only looks at the link does not use it up.
    await scanner.get(path)
    const landing = await phone.get(path)
    assert.include(landing.text, 'Open the pay page')
    assert.equal(landing.headers.get('referrer-policy'), 'no-referrer')
    assert.equal(landing.headers.get('cache-control'), 'no-store')

    const opened = await phone.post(path)
    assert.equal(opened.location, '/pay')
    const page = await phone.get('/pay')
    assert.equal(addressOn(page.text), collectWallet)
    assert.include(page.text, '9.7333 BNB')
    assert.isFalse(await phone.isLoggedIn())

    await other.post(path)
    for (const answer of [await other.get(path), await other.get('/pay')]) {
      assert.include(answer.text, 'has been used or is too old')
      assert.notInclude(answer.text, collectWallet)
    }
  })

  test('is looked at and used only so often a minute, and guessed at no more often', async ({
    assert,
    cleanup,
  }) => {
    const { visitor, pass } = payLimits
    const usual = [visitor.requests, pass.requests] as const
    cleanup(() => void ([visitor.requests, pass.requests] = usual))
    ;[visitor.requests, pass.requests] = [4, 2]
    const path = await linkOf('/renew')
    for (const { status } of [await new Visitor().get(path), await new Visitor().get(path)]) {
      assert.equal(status, 200)
    }
    const refused = await new Visitor().post(path)
    assert.equal(refused.status, 429)
    assert.include(refused.text, 'Too many tries')
    assert.isAbove(Number(refused.headers.get('retry-after')), 0)
    const [key] = await OneUseKey.all()
    assert.isNull(key!.usedAt)

    const guesses = [await new Visitor().get('/pay/guess'), await new Visitor().get('/pay/another')]
    assert.deepEqual(
      guesses.map(({ status }) => status),
      [200, 429]
    )
  })

  test('is good for a quarter of an hour, and stored as a hash alone', async ({ assert }) => {
    const path = await linkOf('/bnb')
    const [key] = await OneUseKey.all()
    assert.notInclude(path, key!.hash)
    assert.equal(key!.expiresAt - key!.createdAt, 15 * 60_000)

    await key!.merge({ expiresAt: systemClock.now() - 1 }).save()
    const late = await new Visitor().get(path)
    assert.include(late.text, 'has been used or is too old')
  })

  test('names the price of the plan that was asked for, or of the one that runs', async ({
    assert,
  }) => {
    await linkOf('/renew')
    await linkOf('续费 年付')

    const quotes = await PaymentQuote.query().orderBy('id')
    assert.deepEqual(
      quotes.map(({ plan }) => plan),
      ['monthly', 'yearly']
    )
  })
})
