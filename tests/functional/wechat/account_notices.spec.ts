import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import accountsConfig from '#config/accounts'
import ChatPreference from '#models/chat_preference'
import User from '#models/user'
import { grant } from '#billing/plans/change_plan'
import { remindExpiring } from '#billing/plans/remind_expiring'
import { DAY_MS, TERMS } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { jobs } from '#tests/support/delivery'
import { storePayment } from '#tests/support/payments'
import { storeOpenBinding, wechatSending } from '#tests/support/wechat_sending'

const [S, H] = [1000, 3_600_000]
const MONTHLY = { plan: 'monthly' } as const

test.group('What WeChat tells users of their account', (group) => {
  group.each.setup(() => emptyDatabase())

  async function stand() {
    const sending = await wechatSending()
    const { clock } = sending
    const bind = async () => {
      const binding = await storeOpenBinding(clock, { boundAt: clock.now() })
      await User.query().where('id', binding.userId).update({ language: 'en', time_zone: 'UTC' })
      clock.pass(5 * S)
      return binding
    }
    return {
      ...sending,
      bind,
      remind: () => remindExpiring({ terms: TERMS, clock }),
      /** BNB that arrives now and is credited, with a plan that runs for another month. */
      pay: async (userId: number) => {
        await storePayment(userId)
        const now = clock.now()
        await db.from('payments').update({
          amount: '250000000000000000',
          entitled_until: now + 30 * DAY_MS,
          event_time: now,
          created_at: now,
        })
      },
    }
  }

  test('is a payment that arrived, to the one who paid, also without a plan', async ({
    assert,
  }) => {
    const { bind, pay, round, phone } = await stand()
    const { userId } = await bind()
    await bind()
    await pay(userId)
    await round()

    assert.lengthOf(phone.texts, 1)
    const [paid, runs] = phone.texts[0]!.split('\n')
    assert.equal(paid, '💰 0.25 BNB have arrived.')
    assert.match(runs!, /^Pro, monthly: until /)
    assert.containsSubset(await jobs(), [{ status: 'sent', event_type: 'payment.credited' }])
  })

  test('is that a plan ends, and that it has ended, each with the way to renew', async ({
    assert,
  }) => {
    accountsConfig.appUrl = 'https://regou.example'
    const { bind, remind, round, write, clock, phone } = await stand()
    const binding = await bind()
    await grant(binding.userId, { ...MONTHLY, ms: DAY_MS }, { terms: TERMS, clock })
    await remind()
    await round()
    clock.pass(DAY_MS)
    await write(binding)
    await remind()
    await round()
    accountsConfig.appUrl = undefined

    const [ends, ended] = phone.texts
    assert.match(ends!, /^⏳ Your plan ends at /)
    assert.match(ended!, /^⌛ Your plan ended at /)
    assert.include(ended!, 'https://regou.example/renew')
    assert.include(ended!, '/renew: that link needs no login')
  })

  test('comes with launches that wait as well in one digest, on top', async ({ assert }) => {
    const { bind, pay, launch, round, write, clock, phone } = await stand()
    const binding = await bind()
    await grant(binding.userId, { ...MONTHLY, ms: 30 * DAY_MS }, { terms: TERMS, clock })
    await binding.merge({ sendsSinceInbound: 10 }).save()
    await launch({ symbol: 'GRAD' })
    await pay(binding.userId)
    await round()
    clock.pass(H)
    await write(binding)
    await round()

    assert.lengthOf(phone.texts, 1)
    assert.match(phone.texts[0]!, /^1 about your account · 1 graduation · .*\n💰[^\n]*\n[^\n]*\n🎓/)
  })

  test('is nothing once the user has switched it off', async ({ assert }) => {
    const { bind, pay, round, phone, clock } = await stand()
    const { userId } = await bind()
    const own = { userId, switches: {}, tellsAccount: false } as const
    await ChatPreference.create({ ...own, createdAt: 0, updatedAt: 0 })
    await pay(userId)
    clock.pass(S)
    await round()
    assert.isEmpty(phone.texts)
    assert.isEmpty(await db.from('notification_jobs'))
  })
})
