import { test } from '@japa/runner'
import accountsConfig from '#config/accounts'
import ChatPreference from '#models/chat_preference'
import User from '#models/user'
import { tellResult } from '#verification/jobs/tell_result'
import { writeTransaction } from '#foundation/db/transaction'
import { emptyDatabase } from '#tests/support/database'
import { jobs } from '#tests/support/delivery'
import { recorded, startIngest } from '#tests/support/okx'
import { storeOrder } from '#tests/support/orders'
import { wechatSending } from '#tests/support/wechat_sending'

test.group('What WeChat tells users of their accounts at OKX', (group) => {
  group.each.setup(() => emptyDatabase())
  group.tap((each) => each.tags(['@sqlite']))
  group.each.setup(() => {
    accountsConfig.appUrl = 'https://regou.example'
    return () => void (accountsConfig.appUrl = undefined)
  })

  /** A user with an account, another one beside, and what OKX says of the account. */
  async function stand(language = 'en') {
    const sending = await wechatSending()
    const binding = await sending.bind()
    await sending.bind()
    await User.query().update({ language, time_zone: 'UTC' })
    const { clock } = sending
    const ingest = await startIngest({ clock, ownerId: binding.userId })
    const choose = (switches: Record<string, false | string>) => {
      const times = { createdAt: 0, updatedAt: 0 }
      const { userId } = binding
      return ChatPreference.create({ userId, switches, ...times })
    }
    /** What was recorded of it, as if it happened now. */
    const now = String(clock.now())
    const recent = (name: string) => {
      const message = recorded(name)
      const rows = message.data.flatMap((row: any) => [row, ...(row.balData ?? [])])
      for (const row of rows) Object.assign(row, { uTime: now, fillTime: now })
      return message
    }
    return { ...sending, ...ingest, binding, choose, recent }
  }

  test('is an order that was filled by force, named as such, to its owner alone', async ({
    assert,
  }) => {
    const { orders, fills, round, phone, binding, recent } = await stand()
    await orders(...recent('liquidation_order').data)
    await fills(...recent('liquidation_fill').data)
    await round()

    assert.deepEqual(phone.texts[0]!.split('\n').slice(0, 5), [
      '✅ Order filled · OKX',
      'BTC-USDT-SWAP · sell 0.64 @ 116,495.1 · fee -0.37422752 USDT',
      '⚠️ Liquidated',
      'Order',
      '2940071038556348417',
    ])
    assert.match(phone.texts[0]!, /https:\/\/regou\.example\/orders$/)
    const told = await jobs()
    assert.deepEqual(
      told.map(({ target_id: target, event_type: type }) => [Number(target), type]),
      [[Number(binding.id), 'order.filled']]
    )
  })

  test('is each change only when asked for, and what fits the words of a filter', async ({
    assert,
  }) => {
    const { push, round, phone, choose, recent } = await stand('zh-CN')
    await choose({ 'okx.balance_changed': '', 'okx.order_updated': 'crv side:buy' })
    await push(recent('canceled'))
    await push(recent('position_by_fill'))
    await round()

    assert.lengthOf(phone.texts, 1)
    const [title, what] = phone.texts[0]!.split('\n')
    assert.equal(title, '💰 余额 · OKX')
    assert.equal(what, 'USDT · ? → 44.6662370515664886')
  })

  test('is a verification that failed, with the fields that differ', async ({ assert }) => {
    const { account, round, phone, clock } = await stand('zh-CN')
    const order = await storeOrder(account, { ordId: '77', status: 'filled' })
    const failure = {
      code: 'hash_mismatch',
      differences: [{ field: 'order.fee', expected: '1', found: '2' }],
    } as const
    await writeTransaction((trx) =>
      tellResult(trx, order, { jobUid: 'j', result: 'failed', failure }, clock.now())
    )
    await round()

    assert.deepEqual(phone.texts[0]!.split('\n').slice(0, 6), [
      '❗ 订单未通过验证 · OKX',
      'BTC-USDT-SWAP',
      'OKX 现在的内容与当时的记录不一致。',
      '不一致：order.fee',
      '订单号',
      '77',
    ])
  })
})
