import { test } from '@japa/runner'
import { type ILinkFailure } from '#wechat/ilink/answer'
import { ilinkClient, startILink } from '#tests/support/ilink'
import { SettableClock } from '#tests/support/settable_clock'

/** A server, a client of it, a person, and a code that was asked for. */
async function startedLogin(clock?: SettableClock) {
  const server = await startILink({ clock })
  const client = ilinkClient(server)
  const person = server.world.addPerson('Lin')
  const { key, content } = await client.startLogin([])
  const login = server.world.logins.get(key)!
  const status = (code?: string) => client.loginStatus(client.home, key, { code })
  return { server, client, person, login, key, content, status }
}

test.group('Logging in to iLink', () => {
  test('a code is scanned, confirmed, and answered with what speaks for the bot', async ({
    assert,
  }) => {
    const { server, person, login, content, status } = await startedLogin()
    assert.isTrue(content.startsWith(server.url))
    assert.deepEqual(await status(), { kind: 'waiting' })

    server.scan(login, person)
    assert.deepEqual(await status(), { kind: 'scanned' })

    server.world.confirm(login)
    assert.deepEqual(await status(), {
      kind: 'confirmed',
      login: {
        botToken: person.bot!.token,
        botId: person.bot!.id,
        userWxId: person.id,
        baseUrl: server.url,
      },
    })
  })

  test('digits are asked for until they are right, and a code is blocked after three wrong ones', async ({
    assert,
  }) => {
    const { server, client, person, login, status } = await startedLogin()
    server.world.knobs.asksForDigits = true
    server.scan(login, person)
    assert.deepEqual(await status(), { kind: 'needs_code' })
    assert.deepEqual(await status('000000'), { kind: 'needs_code' })
    assert.deepEqual(await status(login.digits), { kind: 'scanned' })

    const other = await client.startLogin([])
    server.scan(server.world.logins.get(other.key)!, person)
    const wrong = () => client.loginStatus(client.home, other.key, { code: '000000' })
    await wrong()
    await wrong()
    assert.deepEqual(await wrong(), { kind: 'code_blocked' })
  })

  test('a code that no phone took in its two minutes has expired', async ({ assert }) => {
    const clock = new SettableClock()
    const { status } = await startedLogin(clock)
    clock.pass(119_999)
    assert.deepEqual(await status(), { kind: 'waiting' })
    clock.pass(1)
    assert.deepEqual(await status(), { kind: 'expired' })
  })

  test('a login goes on at the host that it is sent to, where that is one of ours', async ({
    assert,
  }) => {
    const { server, client, person, login, key, status } = await startedLogin()
    server.world.knobs.redirectsTo = 'second_port'
    server.scan(login, person)
    const baseUrl = `http://${server.secondHost}`
    assert.deepEqual(await status(), { kind: 'redirected', baseUrl })

    server.world.confirm(login)
    const confirmed = await client.loginStatus(baseUrl, key)
    assert.equal(confirmed.kind, 'confirmed')
  })

  test('a host that is none of ours is never sent to: {$self}')
    .with(['evil.example', 'weixin.qq.com.evil.example', '127.0.0.1:1'])
    .run(async ({ assert }, host) => {
      const { server, person, login, status } = await startedLogin()
      server.world.knobs.redirectsTo = host
      server.scan(login, person)
      assert.deepEqual(await status(), { kind: 'untrusted' })
    })

  test('a bot whose base URL is none of ours is not taken', async ({ assert }) => {
    const { server, person, login, status } = await startedLogin()
    server.world.knobs.baseUrl = 'https://evil.example'
    server.scan(login, person)
    server.world.confirm(login)
    assert.deepEqual(await status(), { kind: 'untrusted' })
  })

  test('a person with a token that the page still has is told to be bound already', async ({
    assert,
  }) => {
    const { server, client, person } = await startedLogin()
    const { token } = server.world.bind(person)
    const { key } = await client.startLogin(['an-older-one', token])
    const login = server.world.logins.get(key)!
    server.scan(login, person)
    server.world.confirm(login)
    assert.deepEqual(await client.loginStatus(client.home, key), { kind: 'already_bound' })
  })

  test('a status that is not known yet means to go on waiting', async ({ assert }) => {
    const { server, status } = await startedLogin()
    server.faults.add('get_qrcode_status', { ret: 0, status: 'scaned_by_two' })
    assert.deepEqual(await status(), { kind: 'waiting' })
  })

  test('a gateway that gives up says nothing of the login, and no error names its key', async ({
    assert,
  }) => {
    const { server, key, status } = await startedLogin()
    server.faults.add('get_qrcode_status', 524, 'drop', 'garbage', { ret: -1, errmsg: `no ${key}` })
    const failures = [await status().catch(same), await status().catch(same)]
    failures.push(await status().catch(same), await status().catch(same))

    assert.deepEqual(
      failures.map((failure) => (failure as ILinkFailure).kind),
      ['lost', 'lost', 'unreadable', 'refused']
    )
    failures.forEach((failure) => assert.notInclude((failure as Error).message, key))
  })
})

const same = (error: unknown) => error
