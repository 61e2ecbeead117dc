import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { redact } from '#foundation/text/redact'
import WebhookEndpoint from '#models/webhook_endpoint'
import { addEndpoint } from '#webhooks/endpoints/add_endpoint'
import { changeEndpoint } from '#webhooks/endpoints/change_endpoint'
import { dingtalkSign } from '#webhooks/formats/dingtalk'
import { feishuSign } from '#webhooks/formats/feishu'
import { oneEndpointView } from '#views/endpoint_view'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, settings, startSender } from '#tests/support/delivery'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { launchJob, openRobot, startRobotServer } from '#tests/support/robots'

test.group('Robots of groups as endpoints', (group) => {
  group.each.setup(() => emptyDatabase())

  const change = (id: number, changes: Parameters<typeof changeEndpoint>[1]) =>
    changeEndpoint(id, changes, settings.allowedNetworks, systemClock)

  test('what waits is planned, told in one message and counted as sent', async ({ assert }) => {
    const { group: chat, endpoint } = await openRobot('wecom', { language: 'zh-CN' })
    for (let launches = 0; launches < 3; launches++) {
      await storeLaunch({ kind: 'graduated', created_at: systemClock.now() + 1 })
    }
    await storeLaunch({ kind: 'created', created_at: systemClock.now() + 1 })
    startSender()
    await allJobsDone()

    const sent = await jobs({ target_id: endpoint.id, status: 'sent' })
    assert.lengthOf(sent, 3)
    assert.lengthOf(chat.shown, 1)
    assert.include(chat.shown[0], '3 个毕业')
  })

  test('events that chats have no words for are told by their fields', async ({ assert }) => {
    const { group: chat, endpoint } = await openRobot('slack')
    await change(endpoint.id, { eventTypes: ['trade.executed'] })
    await storeTrade({ created_at: systemClock.now() + 1 })
    startSender()
    await allJobsDone()

    assert.include(chat.shown[0], 'trade.executed')
    assert.match(chat.shown[0]!, /token_address: 0x[0-9a-f]{40}/)
  })

  test('an event of which no message can be made fails, and is not given back for ever', async ({
    assert,
  }) => {
    const { send } = await openRobot('slack')
    const broken = launchJob(1, { event_time: 'no time at all' })
    assert.containsSubset(await send([broken]), { kind: 'failed', cause: { reason: 'internal' } })
  })

  test('a robot that is gone is disabled, with what its platform says', async ({ assert }) => {
    const { group: chat, endpoint } = await openRobot('dingtalk')
    chat.isGone = true
    await storeLaunch({ kind: 'graduated', created_at: systemClock.now() + 1 })
    startSender()
    await allJobsDone()

    await endpoint.refresh()
    assert.equal(endpoint.state, 'disabled')
    assert.equal(endpoint.reason, 'refused')
    assert.include(endpoint.detail, 'token is not exist')
  })

  test('a URL of a known platform is refused until its format is chosen', async ({ assert }) => {
    const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789'
    const add = (format?: 'json' | 'wecom') => addEndpoint({ url, format }, settings, systemClock)
    await assert.rejects(() => add(), /robot of WeCom: choose the format "wecom", or "json"/)
    const { endpoint: program } = await add('json')
    const { endpoint: robot } = await add('wecom')
    assert.equal(program.url, url)
    assert.equal(robot.format, 'wecom')
  })

  test('the key in a URL is stored sealed, and neither shown nor logged', async ({ assert }) => {
    const { url, endpoint } = await openRobot('slack')
    const key = url.split('/').at(-1)!
    const row = await db.from('webhook_endpoints').where('id', endpoint.id).firstOrFail()
    const view = await oneEndpointView(endpoint)

    assert.notInclude(JSON.stringify(row), key)
    assert.notInclude(JSON.stringify(view), key)
    assert.notInclude(redact(`it failed at ${url}`), key)
    assert.include(view.url, new URL(url).origin)
  })

  test('what is changed leaves the key, the secret and the chat as they are', async ({
    assert,
  }) => {
    const { send, group: chat, endpoint } = await openRobot('telegram')
    await change(endpoint.id, { url: endpoint.url, language: 'zh-CN', description: 'our group' })
    const changed = await WebhookEndpoint.findOrFail(endpoint.id)

    assert.equal(changed.url, endpoint.url)
    assert.containsSubset(await oneEndpointView(changed), { chat_id: '-1001', language: 'zh-CN' })
    await send([launchJob(1)])
    assert.lengthOf(chat.shown, 1)
  })

  test('what a platform needs or has no use for is refused by its field', async ({ assert }) => {
    const server = await startRobotServer()
    const [team, bot] = [server.addGroup('slack').url, server.addGroup('telegram').url]
    const add = (wish: Parameters<typeof addEndpoint>[0]) => () =>
      addEndpoint(wish, settings, systemClock)

    await assert.rejects(add({ url: bot, format: 'telegram' }), /needs the id of the chat/)
    await assert.rejects(
      add({ url: team, format: 'slack', chatId: '-1' }),
      /speaks in its own chat alone/
    )
    await assert.rejects(add({ url: team, format: 'slack', robotSecret: 's' }), /no signature/)
    await assert.rejects(
      add({ url: team, format: 'slack', template: '{"text": data.symbol}' }),
      /have no template/
    )
    await assert.rejects(add({ url: team, robotSecret: 's' }), /"json" has no robot_secret/)
    assert.lengthOf(await WebhookEndpoint.all(), 0)
  })

  test('the same robot is added once, and a bot once for each chat', async ({ assert }) => {
    const server = await startRobotServer()
    const { url } = server.addGroup('telegram')
    const add = (chatId: string) =>
      addEndpoint({ url, format: 'telegram', chatId }, settings, systemClock)
    await add('-1')
    await add('-2')
    await assert.rejects(() => add('-1'), /has this URL already/)
  })
})

test.group('Signatures of robots', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('of Feishu are made of an empty text, with the timestamp in the key', ({ assert }) => {
    // go-gitea/gitea PR 34802, and the documentation of Feishu.
    const sign = 'l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8='
    assert.equal(feishuSign('1599360473', 'demo'), sign)
  })

  test('of DingTalk are made of the timestamp and the secret', ({ assert }) => {
    // printf '%s\n%s' 1577262236757 SECdemo | openssl dgst -sha256 -hmac SECdemo -binary | base64
    const sign = 'sLRlUUvzoOXn5DR/+o+s6tOqX+bWe3JGaZ7JQ7844l8='
    assert.equal(dingtalkSign(1_577_262_236_757, 'SECdemo'), sign)
  })

  for (const name of ['feishu', 'dingtalk'] as const) {
    test(`a robot of ${name} that asks for one takes it, and refuses another for good`, async ({
      assert,
    }) => {
      const right = await openRobot(name, { secret: 'SECrobot' })
      assert.isTrue(await right.tell([launchJob(1)]))

      const wrong = await openRobot(name, { secret: 'SECrobot', givenSecret: 'another' })
      assert.containsSubset(await wrong.send([launchJob(1)]), { kind: 'gone' })
    })
  }
})

test.group('A group of Telegram that becomes a supergroup', (group) => {
  group.each.setup(() => emptyDatabase())

  test('gets the message at its new number, and all that follow', async ({ assert }) => {
    const { tell, group: chat, endpoint } = await openRobot('telegram')
    chat.chatId = '-1009999999999'

    assert.isTrue(await tell([launchJob(1)]))
    assert.lengthOf(chat.shown, 1)
    await endpoint.refresh()
    assert.containsSubset(await oneEndpointView(endpoint), { chat_id: '-1009999999999' })
  })
})
