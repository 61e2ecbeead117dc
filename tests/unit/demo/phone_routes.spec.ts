import { test } from '@japa/runner'
import { serveThePhone } from '#demo/wechat/phone_routes'
import { ilinkClient, startILink } from '#tests/support/ilink'
import { SettableClock } from '#tests/support/settable_clock'

const HOUR = 3_600_000

/** A play server with the page of one person's phone, and what the page does. */
async function atThePhone() {
  const server = await startILink({ clock: new SettableClock() })
  const client = ilinkClient(server)
  const person = server.world.addPerson('Lin')
  serveThePhone(server, person)

  const press = async (control: string, fields: unknown = {}, headers = {}) => {
    const body = JSON.stringify(fields)
    const url = `${server.url}/play/${control}`
    const { status } = await fetch(url, { method: 'POST', headers, body })
    return status
  }
  /** What the page draws next. */
  const state = async () => {
    const response = await fetch(`${server.url}/play/state`)
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    const { value } = await reader.read()
    await reader.cancel()
    return JSON.parse(value!.replace('data: ', ''))
  }
  /** A code is scanned and confirmed; answers the bot that it made. */
  const bind = async () => {
    const { key } = await client.startLogin([])
    await press('scan', { key })
    await press('confirm', { key })
    const bot = { baseUrl: server.url, botToken: person.bot!.token }
    await client.notifyStart(bot)
    return bot
  }
  /** Answers what became of a message of the bot. */
  const send = async (bot: Awaited<ReturnType<typeof bind>>, text: string) => {
    const message = { to: person.id, clientId: text, contextToken: 'token', text }
    const { kind } = await client.sendText(bot, message)
    return kind
  }
  return { server, client, person, press, state, bind, send }
}

test.group('The page of the play phone', () => {
  test('scans a code, shows digits where they are asked for, and confirms', async ({ assert }) => {
    const { server, client, person, press, state } = await atThePhone()
    await press('digits', { on: 'true' })
    const { key } = await client.startLogin([])
    assert.containsSubset(await state(), { codes: [{ key, status: 'wait', isMine: false }] })

    assert.equal(await press('scan', { key }), 204)
    const { codes } = await state()
    const [{ status, digits }] = codes
    assert.equal(status, 'need_verifycode')
    await press('confirm', { key })
    assert.isNull(person.bot, 'the digits come first')
    await client.loginStatus(server.url, key, { code: digits })
    await press('confirm', { key })

    const bound = await state()
    assert.deepEqual(bound.codes, [])
    assert.containsSubset(bound.bot, { id: person.bot!.id, isDead: false, messagesLeft: 0 })
  })

  test('hands over what the person says, and shows what the bot sends', async ({ assert }) => {
    const { client, bind, press, send, state } = await atThePhone()
    const bot = await bind()
    await press('say', { text: '/start' })
    await press('say', { text: '状态', kind: 'voice' })
    const updates = await client.getUpdates(bot, '')
    assert.deepEqual(updates.kind === 'messages' && updates.messages.map(({ text }) => text), [
      '/start',
      '状态',
    ])
    await send(bot, 'Hello')

    const { shown, bot: seen, accepted } = await state()
    assert.containsSubset(shown, [
      { by: 'person' },
      { kind: 'voice' },
      { by: 'bot', text: 'Hello' },
    ])
    assert.equal(seen.messagesLeft, 9)
    assert.equal(accepted, 1)
  })

  test('sets the clock forward for all who follow it, and never back', async ({ assert }) => {
    const { server, press, state } = await atThePhone()
    const heard: number[] = []
    server.world.onAdvance = (ms) => heard.push(ms)
    const { now } = await state()
    for (const hours of [12, -1, 'soon', undefined]) await press('advance', { hours })
    assert.deepEqual(heard, [12 * HOUR])
    assert.containsSubset(await state(), { now: now + 12 * HOUR })
  })

  test('throttles the bot, and drops the answer to its next message', async ({ assert }) => {
    const { bind, press, send, person } = await atThePhone()
    const bot = await bind()
    await press('say', { text: 'hello' })
    await press('drop')
    assert.equal(await send(bot, 'arrives'), 'unknown')
    assert.containsSubset(person.shown, [{ text: 'arrives' }])
    await press('throttle')
    assert.equal(await send(bot, 'too soon'), 'refused')
  })

  test('binds the person elsewhere, and deletes the bot', async ({ assert }) => {
    const { bind, press, send, person, server } = await atThePhone()
    const bot = await bind()
    await press('elsewhere')
    assert.notEqual(person.bot!.token, bot.botToken)
    server.world.advance(29_000)
    assert.equal(await send(bot, 'late'), 'dead')

    const { token: botToken } = person.bot!
    await press('remove')
    assert.equal(await send({ ...bot, botToken }, 'late'), 'dead')
  })

  test('does nothing for a page of another site, and nothing that it does not know', async ({
    assert,
  }) => {
    const { press, bind, person } = await atThePhone()
    await bind()
    assert.equal(await press('remove', {}, { origin: 'https://evil.example' }), 404)
    assert.equal(await press('explode'), 404)
    assert.equal(await press('say', null), 204)
    assert.isFalse(person.bot!.isDead)
  })

  test('is a page of three files, also where a code leads', async ({ assert }) => {
    const { server } = await atThePhone()
    for (const path of ['', 'scan/some-key']) {
      const page = await fetch(`${server.url}/${path}`)
      assert.include(await page.text(), 'phone.js')
    }
    const script = await fetch(`${server.url}/phone.js`)
    assert.equal(script.headers.get('content-type'), 'text/javascript; charset=utf-8')
    await script.text()
  })
})
