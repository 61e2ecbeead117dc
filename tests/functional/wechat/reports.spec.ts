import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { wechatPushes } from '#health/wechat_pushes'
import { emptyDatabase } from '#tests/support/database'
import { jobs } from '#tests/support/delivery'
import { ilinkClient, startILink } from '#tests/support/ilink'
import { givePro } from '#tests/support/plans'
import { YieldingClock } from '#tests/support/settable_clock'
import { wechatSending } from '#tests/support/wechat_sending'

const [S, M, H] = [1000, 60_000, 3_600_000]

/** What people report of bots that went silent; docs/wechat.md lists all of it. */
test.group('Pushes to a server that refuses as WeChat does', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  /** A user who has just written, on a play server with every rule that was seen. */
  async function boundUser() {
    const clock = new YieldingClock()
    const server = await startILink({ clock })
    const { world } = server
    const person = world.addPerson('Lin')
    const bot = world.bind(person)
    bot.isStarted = true
    const sending = await wechatSending({ clock, client: ilinkClient(server, clock) })
    const named = { userWxId: person.id, botId: bot.id, accountId: bot.id, botToken: bot.token }
    world.say(person, { text: '/start' })
    const binding = await sending.bind({ ...named, baseUrl: server.url })
    const write = async () => {
      world.say(person, { text: 'hello' })
      await sending.write(binding)
    }
    return { ...sending, server, bot, binding, write }
  }

  const fates = async () => {
    const told = await wechatPushes({ since: 0, until: Number.MAX_SAFE_INTEGER }, [])
    return told.jobs
  }

  test('tell all of 30 launches in ten minutes, and no attempt is refused', async ({ assert }) => {
    const { server, launch, round, clock } = await boundUser()
    for (let launches = 0; launches < 30; launches++) {
      await launch()
      await round()
      clock.pass(20 * S)
    }
    for (let hours = 0; hours < 2; hours++) {
      await round()
      clock.pass(H)
    }

    const { sent, in_digest: inDigest } = await fates()
    assert.equal(sent + inDigest, 30)
    const { attempts } = server.world
    assert.isTrue(attempts.every(({ outcome }) => outcome === 'accepted'))
    assert.isAtMost(attempts.length, 10)
  })

  test('try a few times in four nights in which everything is refused, and account for all', async ({
    assert,
  }) => {
    const { server, bot, binding, launch, round, write, clock } = await boundUser()
    server.world.knobs.throttleOutlastsInbound = true
    bot.sending.throttledUntil = Infinity
    for (let nights = 0; nights < 4; nights++) {
      await write()
      await givePro(binding.userId, clock)
      for (let hours = 0; hours < 24; hours += 2) {
        await launch()
        await round()
        clock.pass(2 * H)
      }
    }

    const { attempts } = server.world
    assert.isTrue(attempts.every(({ outcome }) => outcome === 'refused'))
    assert.isAtMost(attempts.length, 4 * 3 + 3)
    const { held_throttled: held, expired_held: expired, held_window: closed } = await fates()
    assert.equal(held + expired + closed, 48)
  })

  test('wait for the same time whatever a refusal says: "{$self}"')
    .with(['prepare failed', 'rate limited', 'unknown error', ''])
    .run(async ({ assert }, errmsg) => {
      const { server, launch, round, clock } = await boundUser()
      server.faults.add('sendmessage', { ret: -2, ...(errmsg && { errmsg }) })
      await launch()
      await round()

      const [job] = await jobs()
      assert.containsSubset(job, { status: 'held', reason: 'throttled' })
      assert.equal(Number(job!.next_attempt_at), clock.now() + H)
      const [binding] = await db.from('wechat_bot_bindings')
      assert.equal(binding.refusal_text, errmsg || 'ret -2, errcode 0')
      clock.pass(59 * M)
      await round()
      assert.isEmpty(server.world.attempts)
    })
})
