import { test } from '@japa/runner'
import { boundPerson, ilinkClient, startILink } from '#tests/support/ilink'
import { SettableClock } from '#tests/support/settable_clock'
import type { ILinkServer } from '#demo/wechat/ilink_server'
import type { Bot } from '#wechat/ilink/wire'

/** A bound person and their bot, of which the client has told the server that it polls. */
async function polledBot(clock?: SettableClock) {
  const server = await startILink({ clock })
  const client = ilinkClient(server)
  const [person, bot] = boundPerson(server)
  await client.notifyStart(bot)

  let sent = 0
  const send = (text: string, contextToken = 'token') =>
    client.sendText(bot, { to: person.id, clientId: `c${++sent}`, contextToken, text })
  return { server, client, person, bot, send }
}

const kinds = (results: { kind: string }[]) => results.map(({ kind }) => kind)

test.group('Messages over iLink', () => {
  test('what a person writes comes with an exact id, its words, and the token for the answer', async ({
    assert,
  }) => {
    const { server, client, person, bot } = await polledBot()
    server.world.say(person, { text: '/start' })
    server.world.say(person, { text: 'please /status', kind: 'voice' })
    server.world.say(person, { kind: 'image' })

    const updates = await client.getUpdates(bot, '')
    assert.equal(updates.kind, 'messages')
    if (updates.kind !== 'messages') return
    assert.deepEqual(
      updates.messages.map(({ id, kind, text, isOwn }) => ({ id, kind, text, isOwn })),
      [
        { id: '9007199254740993', kind: 'text', text: '/start', isOwn: false },
        { id: '9007199254740994', kind: 'voice', text: 'please /status', isOwn: false },
        { id: '9007199254740995', kind: 'image', text: null, isOwn: false },
      ]
    )
    assert.equal(updates.messages[0]!.from, person.id)
    assert.isNotNull(updates.messages[0]!.contextToken)
    assert.isNotNull(updates.cursor)
  })

  test('what was handed out is gone for every position but the empty one', async ({ assert }) => {
    const { server, client, person, bot } = await polledBot()
    server.world.say(person, { text: 'one' })
    const first = await client.getUpdates(bot, '')
    const second = await client.getUpdates(bot, 'older')
    const third = await client.getUpdates(bot, '')

    assert.deepEqual(kinds([first, second, third]), ['messages', 'idle', 'messages'])
  })

  test('a poll that brings nothing has another position, one that lapsed has none, one that died says so', async ({
    assert,
  }) => {
    const { server, client, person, bot } = await polledBot()
    const idle = await client.getUpdates(bot, 'p')
    server.world.knobs.idleSaysRet = false
    const silent = await client.getUpdates(bot, 'p')
    person.bot!.isLapsed = true
    const lapsed = await client.getUpdates(bot, 'p')
    person.bot!.die(0)
    const dead = await client.getUpdates(bot, 'p')

    assert.deepEqual(kinds([idle, silent, lapsed, dead]), ['idle', 'idle', 'lapsed', 'dead'])
  })

  test('-14 in either field means a dead token, whichever request it answers', async ({
    assert,
  }) => {
    const { server, client, bot, send } = await polledBot()
    server.faults.add('getupdates', { ret: -14 }, { errcode: -14, errmsg: 'session timeout' })
    server.faults.add('sendmessage', { ret: -14 })
    server.faults.add('notifystart', { errcode: -14 })
    server.faults.add('getconfig', { ret: -14 }, { ret: -4, errmsg: 'user not found' })

    assert.deepEqual(
      kinds([
        await client.getUpdates(bot, ''),
        await client.getUpdates(bot, ''),
        await send('text'),
        await client.notifyStart(bot),
        await client.typingTicket(bot, 'p', 't'),
        await client.typingTicket(bot, 'p', 't'),
      ]),
      ['dead', 'dead', 'dead', 'dead', 'dead', 'refused']
    )
  })

  test('a message counts as accepted with an id, as unconfirmed without, as refused with -2', async ({
    assert,
  }) => {
    const { server, person, send } = await polledBot(new SettableClock())
    server.world.say(person, { text: 'hello' })
    server.faults.add('sendmessage', { ret: -2 }, { ret: 0 }, { ret: 0, message_id: '77' })
    const results = [await send('a'), await send('b'), await send('c')]
    server.world.knobs.accepted = 'empty'
    results.push(await send('d'))
    server.world.advance(5000)
    server.world.knobs.accepted = 'id'
    results.push(await send('e'))

    assert.deepEqual(results, [
      { kind: 'refused', ret: -2, errcode: 0, text: '' },
      { kind: 'unconfirmed' },
      { kind: 'accepted', messageId: '77' },
      { kind: 'unconfirmed' },
      { kind: 'accepted', messageId: '9007199254740994' },
    ])
  })

  test('a message whose answer is lost may have arrived; one that was turned away has not', async ({
    assert,
  }) => {
    const { server, client, person, bot, send } = await polledBot()
    server.world.say(person, { text: 'hello' })
    server.faults.add('sendmessage', 'drop_after', 'garbage', 500, 429)
    const results = [await send('a'), await send('b'), await send('c'), await send('d')]
    const elsewhere: Bot = { ...bot, baseUrl: 'https://evil.example' }
    const message = { to: person.id, clientId: 'x', contextToken: 't', text: 'e' }
    results.push(await client.sendText(elsewhere, message))
    server.faults.add('sendmessage', 'drip')
    results.push(await client.sendText(bot, message, { timeoutMs: 100 }))
    await server.stop()
    results.push(await send('f'))

    assert.deepEqual(kinds(results), [
      'unknown',
      'unknown',
      'unknown',
      'unsent',
      'unsent',
      'unknown',
      'unsent',
    ])
  })

  test('typing is shown while messages are refused, and costs none of them', async ({ assert }) => {
    const { server, client, person, bot } = await polledBot()
    const tooEarly = await client.typingTicket(bot, person.id, 't')
    assert.equal(tooEarly.kind, 'refused')
    server.world.say(person, { text: 'hello' })
    const answer = await client.typingTicket(bot, person.id, 't')
    assert.equal(answer.kind, 'ok')
    if (answer.kind !== 'ok') return
    await client.showTyping(bot, person.id, answer.ticket!)

    assert.isTrue(person.bot!.isTyping)
    assert.equal(person.bot!.sending.count, 0)
  })

  test('no token is repeated by an error or a refusal', async ({ assert }) => {
    const { server, client, bot, send } = await polledBot()
    server.faults.add('sendmessage', { ret: -3, errmsg: `bad token ${bot.botToken}` })
    const refused = await send('a')
    server.faults.add('getupdates', 'drop')
    const failed = await client.getUpdates(bot, '').catch((error: Error) => error)

    assert.notInclude(JSON.stringify([refused, String(failed)]), bot.botToken)
    assert.include(JSON.stringify(refused), 'bad token ***')
  })

  test('every request carries what the service wants, or nothing of it is shown', async ({
    assert,
  }) => {
    const { server, person, send } = await polledBot()
    server.world.say(person, { text: 'hello' })
    await send('shown')

    assert.deepEqual(outcomes(server), ['accepted'])
    assert.equal(person.shown.at(-1)!.text, 'shown')
  })
})

function outcomes({ world }: ILinkServer) {
  return world.attempts.map(({ outcome }) => outcome)
}
