import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import WebhookEndpoint from '#models/webhook_endpoint'
import { changePreferences } from '#chat/preferences/preferences'
import type { WayOut } from '#chat/preferences/fallback'
import { NEVER_EXPIRES } from '#delivery/planning/plan_fact'
import { Planner } from '#delivery/planning/planner'
import { telegram } from '#telegram/sending/telegram_subscribers'
import { telegramProcess, telegramStand } from '#tests/support/telegram'
import { emptyDatabase } from '#tests/support/database'
import { openRobot } from '#tests/support/robots'
import { sendRound, storeOpenBinding, wechatSending } from '#tests/support/wechat_sending'
import { webhooks } from '#webhooks/sending/webhook_subscribers'
import { wechat } from '#wechat/sending/wechat_subscribers'

const LAUNCHES = 60

/** A user with WeChat, Telegram and a group in WeCom. */
async function threeWays(order: WayOut[]) {
  const stand = await telegramStand()
  const { clock, userId, process: first, server } = stand
  await stand.bind()
  const { channel: wechatChannel, phone } = await wechatSending({ clock })
  const binding = await storeOpenBinding(clock, { userId, boundAt: clock.now() })
  const { endpoint } = await openRobot('wecom')
  const eventTypes = JSON.stringify(['launch.*'])
  await WebhookEndpoint.query()
    .where('id', endpoint.id)
    .update({ ownerId: userId, createdAt: clock.now(), eventTypes })
  await db.table('subscriptions').insert({
    user_id: userId,
    source: 'four',
    kind: 'graduated',
    created_at: clock.now(),
  })
  await changePreferences(userId, () => ({ fallbackOrder: order }), clock)
  clock.pass(10_000)
  const planner = new Planner(clock, NEVER_EXPIRES, [webhooks, wechat, telegram])
  let process = first
  return {
    ...stand,
    binding,
    phone,
    planner,
    /** One process of Telegram ends, and another takes over. */
    async restart() {
      process = await telegramProcess(server, clock)
    },
    async round() {
      await planner.plan()
      await sendRound(wechatChannel, clock)
      await planner.handOver()
      await sendRound(process.channel, clock)
      clock.pass(5000)
    },
  }
}

async function told(channel: string): Promise<number> {
  const [{ jobs }] = await db
    .from('notification_jobs')
    .where({ channel })
    .whereIn('status', channel === 'webhook' ? ['pending', 'sent'] : ['sent'])
    .count('* as jobs')
  return Number(jobs)
}

test.group('The ways out of one user', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('each tell every launch once, also when processes end between', async ({ assert }) => {
    const { launch, round, restart } = await threeWays([])
    for (let at = 0; at < LAUNCHES; at++) {
      await launch()
      if (at % 10 === 0) await round()
      if (at % 20 === 0) await restart()
    }
    await round()
    assert.deepEqual(await Promise.all(['telegram', 'webhook'].map(told)), [LAUNCHES, LAUNCHES])
    const [{ jobs }] = await db.from('notification_jobs').count('* as jobs')
    assert.equal(Number(jobs), 3 * LAUNCHES)
  })

  test('tell each launch once in all where the user wants that: the first while it has room, then the next', async ({
    assert,
  }) => {
    const { launch, round, restart } = await threeWays(['wechat', 'telegram', 'webhook'])
    for (let at = 0; at < LAUNCHES; at++) {
      await launch()
      if (at % 10 === 0) await round()
      if (at % 20 === 0) await restart()
      if (at === 30) {
        // WeChat is full.
        await db.from('wechat_bot_bindings').update({ sends_since_inbound: 10 })
      }
    }
    for (let rounds = 0; rounds < 3; rounds++) await round()

    const [inWechat, inTelegram] = [await told('wechat'), await told('telegram')]
    assert.isAbove(inWechat, 0)
    assert.isAbove(inTelegram, 0)
    assert.equal(inWechat + inTelegram, LAUNCHES)
    assert.equal(await told('webhook'), 0)
    const twice = await db
      .from('notification_jobs')
      .whereNot('status', 'skipped')
      .groupBy('fact_id')
      .havingRaw('count(*) > 1')
      .select('fact_id')
    assert.isEmpty(twice)
  })

  test('are passed on when the chat of the first one is closed', async ({ assert }) => {
    const { launch, round, chat } = await threeWays(['telegram', 'wechat', 'webhook'])
    chat.closedFor = 'Forbidden: bot was blocked by the user'
    await launch()
    for (let rounds = 0; rounds < 3; rounds++) await round()
    assert.deepEqual([await told('telegram'), await told('wechat')], [0, 1])
  })

  test('keep to themselves what waits because the user wants to be left alone', async ({
    assert,
  }) => {
    const { launch, round, userId, clock } = await threeWays(['telegram', 'wechat', 'webhook'])
    await changePreferences(userId, () => ({ mutedUntil: clock.now() + 3_600_000 }), clock)
    await launch()
    await round()
    await round()
    const jobs = await db.from('notification_jobs').select('channel', 'status', 'reason')
    assert.deepEqual(jobs, [{ channel: 'telegram', status: 'held', reason: 'muted' }])
  })
})
