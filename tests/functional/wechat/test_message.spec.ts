import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { POLLER, REFUSED, wechatSending } from '#tests/support/wechat_sending'
import { requestedTest, requestTest } from '#wechat/sending/requested_test'
import { TestMessages } from '#wechat/sending/test_messages'
import type WechatBotBinding from '#models/wechat_bot_binding'

const [S, M, H] = [1000, 60_000, 3_600_000]

test.group('A test message over WeChat', (group) => {
  group.each.setup(() => emptyDatabase())

  async function stand(columns: Partial<WechatBotBinding> = {}) {
    const sending = await wechatSending()
    const { sender, clock } = sending
    const onFault = (error: Error) => {
      throw error
    }
    const tests = new TestMessages({ sender, owner: POLLER, clock, onFault })
    const binding = await sending.bind(columns)
    return {
      ...sending,
      tests,
      binding,
      ask: () => requestTest(binding.userId, clock),
      /** What the page says of it. */
      told: async () => {
        await binding.refresh()
        return requestedTest(binding, clock.now())
      },
    }
  }

  test('goes at once where a launch would, counts as one message, and is told as accepted', async ({
    assert,
  }) => {
    const { ask, tests, told, binding, phone } = await stand()
    assert.isNull(await told())
    await ask()
    assert.containsSubset(await told(), { state: 'waiting' })
    await tests.round()
    await tests.round()

    assert.lengthOf(phone.texts, 1)
    assert.containsSubset(await told(), { state: 'accepted' })
    assert.equal(binding.sendsSinceInbound, 1)
    assert.equal(binding.pushesSinceInbound, 1)
  })

  test('waits for its turn after the pushes that go at once', async ({ assert }) => {
    const { ask, tests, told, launch, round, clock, phone } = await stand()
    for (let pushed = 0; pushed < 4; pushed++) {
      await launch()
      await round()
      clock.pass(5 * S)
    }
    await ask()
    await tests.round()
    assert.lengthOf(phone.texts, 4)
    const asked = (await told())!
    assert.equal(asked.state, 'waiting')

    clock.pass(asked.goesAt! - clock.now())
    await tests.round()
    assert.lengthOf(phone.texts, 5)
    assert.equal(asked.goesAt! - asked.askedAt, 30 * M - 5 * S)
  })

  test('is held while the window is closed, and goes when the user writes', async ({ assert }) => {
    const { ask, tests, told, write, binding, clock, phone } = await stand()
    clock.pass(25 * H)
    await ask()
    await tests.round()
    assert.lengthOf(phone.texts, 0)
    assert.containsSubset(await told(), { state: 'held', hold: 'window' })

    clock.pass(10 * M)
    await write(binding)
    await tests.round()
    assert.containsSubset(await told(), { state: 'accepted' })
  })

  test('that could not go within half an hour expires, and is not sent later', async ({
    assert,
  }) => {
    const { ask, tests, told, write, binding, clock, phone } = await stand({
      sendsSinceInbound: 10,
    })
    await ask()
    assert.containsSubset(await told(), { state: 'held', hold: 'quota' })
    clock.pass(30 * M)
    assert.containsSubset(await told(), { state: 'expired' })
    await write(binding)
    await tests.round()
    assert.lengthOf(phone.texts, 0)
  })

  test('is told as refused, and holds pushes as every refusal does', async ({ assert }) => {
    const { ask, tests, told, launch, round, clock, phone } = await stand()
    phone.answer = REFUSED
    await ask()
    await tests.round()
    assert.containsSubset(await told(), { state: 'refused' })

    clock.pass(10 * S)
    await launch()
    await round()
    await ask()
    await tests.round()
    assert.lengthOf(phone.texts, 1)
    assert.containsSubset(await told(), { state: 'held', hold: 'throttled' })
  })

  test('is asked for one at a time, and only where WeChat is bound', async ({ assert }) => {
    const { ask, tests, binding, clock, phone } = await stand()
    await ask()
    await assert.rejects(ask, 'The last test has not gone yet')
    await tests.round()
    clock.pass(5 * S)
    await ask()
    await tests.round()
    assert.lengthOf(phone.texts, 2)

    await binding.merge({ status: 'inactive' }).save()
    await assert.rejects(ask, 'There is no WeChat to send a test to')
  })
})
