import { test } from '@japa/runner'
import { boundPerson, ilinkClient, startILink } from '#tests/support/ilink'
import { SettableClock } from '#tests/support/settable_clock'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A person who has written once, and a way to send to them at a set time. */
async function openWindow() {
  const clock = new SettableClock()
  const server = await startILink({ clock })
  const client = ilinkClient(server)
  const [person, bot] = boundPerson(server)
  await client.notifyStart(bot)
  const { world } = server
  world.say(person, { text: 'hello' })

  const send = async (text = 'text', contextToken = 'token') => {
    await client.sendText(bot, { to: person.id, clientId: 'c', contextToken, text })
    const { outcome, why } = world.attempts.at(-1)!
    return why ?? outcome
  }
  return { clock, server, world, client, person, bot, send }
}

test.group('The play server of WeChat', () => {
  test('takes ten messages for each of the person, command replies too', async ({ assert }) => {
    const { world, clock, person, send } = await openWindow()
    for (let sent = 0; sent < 10; sent++) {
      clock.pass(11 * MINUTE)
      assert.equal(await send(), 'accepted')
    }
    clock.pass(11 * MINUTE)
    assert.equal(await send(), 'quota')
    world.say(person, { text: 'again' })
    assert.equal(await send(), 'accepted')
  })

  test('closes the window 24 hours after the person wrote, or when its knob says', async ({
    assert,
  }) => {
    const { world, clock, send } = await openWindow()
    clock.pass(24 * HOUR - 1)
    assert.equal(await send(), 'accepted')
    clock.pass(1)
    assert.equal(await send(), 'closed')
    world.knobs.windowMs = 30 * HOUR
    assert.equal(await send(), 'accepted')
  })

  test('throttles the third message within a second, and each attempt makes it longer', async ({
    assert,
  }) => {
    const { clock, send } = await openWindow()
    assert.deepEqual([await send(), await send(), await send()], ['accepted', 'accepted', 'burst'])
    clock.pass(29 * MINUTE)
    assert.equal(await send(), 'throttled')
    clock.pass(10 * MINUTE)
    assert.equal(await send(), 'throttled')
    clock.pass(11 * MINUTE + 1)
    assert.equal(await send(), 'accepted')
  })

  test('throttles the fifth message within ten minutes that answers nothing', async ({
    assert,
  }) => {
    const { clock, send } = await openWindow()
    for (let sent = 0; sent < 4; sent++) {
      clock.pass(MINUTE)
      assert.equal(await send(), 'accepted')
    }
    clock.pass(MINUTE)
    assert.equal(await send(), 'pushes')
  })

  test('ends a throttle when the person writes, or does not: a knob', async ({ assert }) => {
    const { world, clock, person, send } = await openWindow()
    world.knobs.burst = { message: 1, withinMs: 1000 }
    assert.equal(await send(), 'burst')
    world.knobs.burst = { message: 3, withinMs: 1000 }
    world.say(person, { text: 'hello?' })
    assert.equal(await send(), 'accepted')

    world.knobs.burst = { message: 1, withinMs: 1000 }
    world.knobs.throttleOutlastsInbound = true
    clock.pass(MINUTE)
    await send()
    world.knobs.burst = { message: 3, withinMs: 1000 }
    world.say(person, { text: 'hello??' })
    assert.equal(await send(), 'throttled')
  })

  test('refuses 16,385 bytes, and cuts what is longer than its knob', async ({ assert }) => {
    const { world, clock, person, send } = await openWindow()
    assert.equal(await send('a'.repeat(16_385)), 'too_long')
    world.knobs.cutAt = 2000
    clock.pass(MINUTE)
    assert.equal(await send('毕'.repeat(2001)), 'accepted')
    assert.lengthOf(person.shown.at(-1)!.text, 2000)
  })

  test('accepts and never shows what lacks metadata, a context token, or a start', async ({
    assert,
  }) => {
    const { server, world, clock, person, bot, send } = await openWindow()
    assert.equal(await send('text', ''), 'no_context')

    const headers = {
      'content-type': 'application/json',
      'authorizationtype': 'ilink_bot_token',
      'authorization': `Bearer ${bot.botToken}`,
      'x-wechat-uin': Buffer.from('1234').toString('base64'),
    }
    const body = JSON.stringify({
      msg: { to_user_id: person.id, context_token: 't', item_list: [{ type: 1 }] },
    })
    const url = `${server.url}/ilink/bot/sendmessage`
    await fetch(url, { method: 'POST', headers, body })
    assert.equal(world.attempts.at(-1)!.why, 'metadata')
    const refused = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'x-wechat-uin': '1' },
      body,
    })
    assert.equal(refused.status, 401)

    person.bot!.isStarted = false
    clock.pass(MINUTE)
    assert.deepEqual([await send(), await send()], ['accepted', 'not_started'])
    assert.lengthOf(
      person.shown.filter(({ by }) => by === 'bot'),
      1
    )
  })

  test('lets a bot die 29 s after the same person bound another one', async ({ assert }) => {
    const { world, clock, client, person, bot } = await openWindow()
    world.bind(person)
    clock.pass(28_999)
    const before = await client.notifyStart(bot)
    clock.pass(1)
    const after = await client.notifyStart(bot)
    assert.deepEqual([before.kind, after.kind], ['ok', 'dead'])
  })

  test('repeats a message with another context token, and with another id where the knob says', async ({
    assert,
  }) => {
    const { world, clock, client, person, bot } = await openWindow()
    await client.getUpdates(bot, 'p')
    world.knobs.repeatsAfterMs = [1000]
    world.knobs.repeatsWithNewId = true
    world.say(person, { text: '/sub four' })
    const first = await client.getUpdates(bot, 'p')
    clock.pass(1000)
    world.tick()
    const second = await client.getUpdates(bot, 'p')
    if (first.kind !== 'messages' || second.kind !== 'messages') return assert.fail('no messages')

    assert.equal(first.messages[0]!.text, second.messages[0]!.text)
    assert.equal(first.messages[0]!.createdAt, second.messages[0]!.createdAt)
    assert.notEqual(first.messages[0]!.id, second.messages[0]!.id)
    assert.notEqual(first.messages[0]!.contextToken, second.messages[0]!.contextToken)
  })

  test('gives each message to one of two polls of the same bot, and counts them', async ({
    assert,
  }) => {
    const { world, client, person, bot } = await openWindow()
    await client.getUpdates(bot, 'p')
    world.knobs.holdMs = 5000
    const polls = [client.getUpdates(bot, 'p'), client.getUpdates(bot, 'p')]
    while (person.bot!.waiting.count < 2) await new Promise((resolve) => setImmediate(resolve))
    world.say(person, { text: 'one' })
    world.say(person, { text: 'two' })
    const answers = await Promise.all(polls)

    assert.deepEqual(
      answers.map((answer) => (answer.kind === 'messages' ? answer.messages.length : 0)),
      [1, 1]
    )
    assert.equal(person.bot!.overlappingPolls, 1)
  })

  test('hands the bot its own messages again where the knob says', async ({ assert }) => {
    const { world, client, bot, send } = await openWindow()
    world.knobs.echoes = true
    await send('mine')
    const updates = await client.getUpdates(bot, 'p')
    if (updates.kind !== 'messages') return assert.fail('no messages')
    assert.deepEqual(
      updates.messages.map(({ isOwn, clientId, text }) => ({ isOwn, clientId, text })).at(-1),
      { isOwn: true, clientId: 'c', text: 'mine' }
    )
  })

  test('never shows what it accepts, and names no id, where the knobs say', async ({ assert }) => {
    const { world, client, bot, person, send } = await openWindow()
    world.knobs.swallows = true
    assert.equal(await send('gone'), 'knob')
    assert.isFalse(person.shown.some(({ text }) => text === 'gone'))

    world.knobs.hasIds = false
    world.say(person, { text: 'nameless' })
    const updates = await client.getUpdates(bot, 'p')
    if (updates.kind !== 'messages') return assert.fail('no messages')
    assert.containsSubset(updates.messages.at(-1), { id: null, text: 'nameless' })
  })

  test('does not notice a scan where the knob says, though the phone calls the code expired', async ({
    assert,
  }) => {
    const { server, world, client, person } = await openWindow()
    world.knobs.scanIsLost = true
    const { key } = await client.startLogin([])
    assert.equal(server.scan(world.logins.get(key)!, person), 'expired')
    assert.deepEqual(await client.loginStatus(client.home, key), { kind: 'waiting' })
  })
})
