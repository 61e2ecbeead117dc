import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import WechatBotBinding from '#models/wechat_bot_binding'
import { emptyDatabase } from '#tests/support/database'
import { until } from '#tests/support/delivery'
import { startILink } from '#tests/support/ilink'
import { bindPerson, startWechat } from '#tests/support/wechat_process'

const answered = () => db.from('wechat_messages').where('kind', 'reply')

test.group('A message of a user in WeChat', (group) => {
  group.each.setup(() => emptyDatabase())

  test('is answered once, though it is handed out again with another token or id', async ({
    assert,
  }) => {
    const server = await startILink()
    server.world.knobs.repeatsAfterMs = [1, 50]
    server.world.knobs.repeatsWithNewId = true
    const lin = await bindPerson(server)
    startWechat(server)

    lin.say('／STATUS')
    await lin.isShown(1)
    lin.say('/plans')
    await lin.isShown(2)

    assert.lengthOf(await answered(), 2)
    const [row] = await db.from('wechat_inbound_messages').orderBy('id')
    assert.equal(row.command, '／STATUS')
    const binding = await WechatBotBinding.findOrFail(lin.binding.id)
    assert.containsSubset(binding, { inboundSeq: 2, sendsSinceInbound: 1 })
  })

  test('is answered when the process that stored it was killed before it could', async ({
    assert,
  }) => {
    const server = await startILink()
    const lin = await bindPerson(server)
    await db.table('wechat_inbound_messages').insert({
      binding_id: lin.binding.id,
      message_id: '1',
      fingerprint: 'f',
      kind: 'text',
      command: '/plans',
      create_time_ms: systemClock.now(),
      received_at: systemClock.now(),
    })
    await WechatBotBinding.query().where('id', lin.binding.id).update({
      inboundSeq: 1,
      lastInboundAt: systemClock.now(),
      contextToken: lin.bot.newContextToken(),
    })

    startWechat(server)
    await until(async () => {
      const replies = await answered()
      return replies.length === 1
    })

    const [{ handled_at: handledAt }] = await db.from('wechat_inbound_messages')
    assert.isNotNull(handledAt)
  })

  test('that is no command gets one hint, and the sign of typing after that', async ({
    assert,
  }) => {
    const server = await startILink()
    const lin = await bindPerson(server)
    startWechat(server)

    lin.say('good morning')
    await lin.isShown(1)
    lin.say('how is the market?')
    lin.say('/status')
    await lin.isShown(2)

    assert.lengthOf(await answered(), 2)
  })
})

test.group('Two processes on one play server', (group) => {
  group.each.setup(() => emptyDatabase())

  test('never poll for one bot at once, and what one leaves the other goes on with', async ({
    assert,
  }) => {
    const server = await startILink()
    server.world.knobs.holdMs = 5000
    const names = ['Ai', 'Bo', 'Chen', 'Du', 'Fan', 'Gao']
    const people = await Promise.all(names.map((name) => bindPerson(server, name)))
    const first = startWechat(server)
    startWechat(server)
    /** Says that each of so many processes polls for as many of them. */
    const arePolledBy = async (...shares: number[]) => {
      const rows = await db.from('wechat_bot_bindings').groupBy('poll_owner').count('* as count')
      const isShared = rows.map(({ count }) => Number(count)).join() === shares.join()
      return isShared && people.every(({ bot }) => bot.waiting.count === 1)
    }
    await until(() => arePolledBy(3, 3))

    for (const one of people) one.say('/status')
    await Promise.all(people.map(({ isShown }) => isShown(1)))
    await first.stop()
    await until(() => arePolledBy(6))
    for (const one of people) one.say('/plans')
    await Promise.all(people.map(({ isShown }) => isShown(2)))

    assert.lengthOf(await answered(), 12)
    assert.isFalse(
      people.some(({ bot }) => bot.overlappingPolls > 0),
      'polls for one bot at once'
    )
  })
})
