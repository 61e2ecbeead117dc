import { test } from '@japa/runner'
import wechatConfig from '#config/wechat'
import User from '#models/user'
import { givePass } from '#chat/one_use_keys'
import { preferencesOf } from '#chat/preferences/preferences'
import { watch } from '#chat/preferences/watches'
import { followerOfUser } from '#wechat/official_account/followers'
import { receiveCallback, type OfficialAccount } from '#wechat/official_account/receive_callback'
import { open, seal, signatureOf } from '#wechat/official_account/envelope'
import { readXml, writeXml } from '#wechat/official_account/xml'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { SettableClock } from '#tests/support/settable_clock'

const PLAIN: OfficialAccount = { appId: 'wx1', token: 'testtoken', aesKey: undefined }
const SAFE = { ...PLAIN, appId: 'wx1', aesKey: 'xlKEkaI3u2aiUksFrqusZpS3USWh35ZLe7rV7mGxoDy' }

let sent = 0

/** What a follower writes, as WeChat posts it. */
function message(said: string, openId = 'oUser') {
  sent += 1
  return writeXml({
    ToUserName: 'gh_regou',
    FromUserName: openId,
    CreateTime: sent,
    MsgType: 'text',
    Content: said,
    MsgId: 9_000_000_000 + sent,
  })
}

/** The query of a request made at that moment (epoch milliseconds), signed with the token. */
function signed(now: number, nonce = `nonce${(sent += 1)}`) {
  const timestamp = String(Math.floor(now / 1000))
  return { timestamp, nonce, signature: signatureOf(PLAIN.token, timestamp, nonce) }
}

test.group('Official account', (group) => {
  group.each.setup(() => emptyDatabase())

  const clock = new SettableClock()

  async function post(body: string, query: object = signed(clock.now()), account = PLAIN) {
    return receiveCallback(query, body, account, clock)
  }

  async function say(said: string): Promise<string | null> {
    const answer = await post(message(said))
    if ('refused' in answer) return answer.refused
    return answer.body === 'success' ? null : readXml(answer.body).Content!
  }

  async function boundUser() {
    const now = clock.now()
    const user = await User.create({
      walletAddress: '0x1',
      language: 'en',
      createdAt: now,
      updatedAt: now,
    })
    await say(`/bind ${await givePass('bind', user.id, clock)}`)
    return user
  }

  test('binds a follower by a code that counts once, and answers commands then', async ({
    assert,
  }) => {
    assert.include((await say('/status'))!, '/bind')
    const user = await User.create({
      walletAddress: '0x1',
      language: 'en',
      createdAt: 1,
      updatedAt: 1,
    })
    const code = await givePass('bind', user.id, clock)

    assert.include((await say(`／绑定\u3000${code.toLowerCase()}`))!, 'belongs to your account')
    const follower = await followerOfUser(user.id)
    assert.equal(follower?.openId, 'oUser')
    assert.include((await say(`/bind ${code}`))!, 'not good any more')
    assert.include((await say('/unsub four graduated'))!, 'Four.meme graduations: off')
    const { switches } = await preferencesOf(user.id)
    assert.deepEqual(switches, { 'four.graduated': false })
  })

  test('does not take a code that is too old', async ({ assert }) => {
    const user = await User.create({ walletAddress: '0x1', createdAt: 1, updatedAt: 1 })
    const code = await givePass('bind', user.id, clock)
    clock.pass(10 * 60_000)

    await say(`/bind ${code}`)
    assert.isNull(await followerOfUser(user.id))
  })

  test('answers in 2,048 bytes, by whole lines, however much there is to say', async ({
    assert,
  }) => {
    const user = await boundUser()
    await User.query().where('id', user.id).update({ language: 'zh-CN' })
    const words = Array.from({ length: 30 }, (_, at) => `${at}${'语'.repeat(38)}`)
    for (const word of words) await watch(user.id, word, clock)

    const answer = (await say('/list'))!
    assert.isAtMost(Buffer.byteLength(answer), 2048)
    assert.isAbove(Buffer.byteLength(answer), 1800)
    const lines = answer.split('\n')
    assert.equal(lines.at(-1), '…')
    assert.includeMembers(words, lines.slice(-5, -1))
  })

  test('acts once on a message that is delivered three times, and answers it the same', async ({
    assert,
  }) => {
    await boundUser()
    const body = message('hello')
    const query = signed(clock.now())
    const answers: string[] = []
    for (const again of [query, query, signed(clock.now(), 'another')]) {
      const answer = await post(body, again)
      answers.push('body' in answer ? readXml(answer.body).Content! : answer.refused)
    }

    assert.include(answers[0]!, 'I only understand commands')
    assert.deepEqual(
      answers,
      Array.from({ length: 3 }, () => answers[0]!)
    )
  })

  test('answers in time where a command takes long, and acts once all the same', async ({
    assert,
  }) => {
    const body = message('/status')
    let acted = 0
    const slow = Promise.withResolvers<string>()
    const answerer = () => {
      acted += 1
      return slow.promise
    }
    const receive = () =>
      receiveCallback(signed(clock.now()), body, PLAIN, clock, { answerer, patienceMs: 1 })
    const [first, second] = [await receive(), await receive()]
    slow.resolve('ready')

    assert.equal(acted, 1)
    assert.include('body' in first ? first.body : '', '请稍后再发一次')
    assert.deepEqual(second, { body: 'success' })
  })

  test('believes a nonce once: the signature of a plain message covers no body', async ({
    assert,
  }) => {
    const query = signed(clock.now(), 'seen')
    await post(message('/start'), query)

    assert.deepEqual(await post(message('/unsub all'), query), { refused: 'replayed' })
    clock.pass(11 * 60_000)
    assert.deepEqual(await post(message('/unsub all'), query), { refused: 'stale' })
    const forged = { ...signed(clock.now()), signature: '0'.repeat(40) }
    assert.deepEqual(await post(message('/unsub all'), forged), { refused: 'signature' })
  })

  test('in safe mode reads and answers encrypted messages, with both signatures right', async ({
    assert,
  }) => {
    const encrypted = seal(message('/help'), SAFE)
    const body = writeXml({ ToUserName: 'gh_regou', Encrypt: encrypted })
    const query = () => {
      const { timestamp, nonce, signature } = signed(clock.now())
      const proof = signatureOf(SAFE.token, timestamp, nonce, encrypted)
      return { timestamp, nonce, signature, encrypt_type: 'aes', msg_signature: proof }
    }
    const { signature, msg_signature: proof } = query()

    for (const wrong of [{ signature: proof }, { msg_signature: signature }]) {
      assert.deepEqual(await post(body, { ...query(), ...wrong }, SAFE), { refused: 'signature' })
    }
    const other = await post(body, query(), { ...SAFE, appId: 'wx2' })
    assert.deepEqual(other, { refused: 'unreadable' })
    assert.deepEqual(await post(message('/help'), signed(clock.now()), SAFE), {
      refused: 'signature',
    })

    const answer = await post(body, query(), SAFE)
    const reply = readXml('body' in answer ? answer.body : '')
    assert.equal(
      reply.MsgSignature,
      signatureOf(SAFE.token, reply.TimeStamp!, reply.Nonce!, reply.Encrypt!)
    )
    const read = readXml(open(reply.Encrypt!, SAFE.aesKey)!.text)
    assert.equal(read.ToUserName, 'oUser')
    assert.include(read.Content!, '/bind')
  })

  test('forgets a follower who leaves', async ({ assert }) => {
    const user = await boundUser()
    const event = { ToUserName: 'gh', FromUserName: 'oUser', CreateTime: 1, MsgType: 'event' }
    const answer = await post(writeXml({ ...event, Event: 'unsubscribe' }))

    assert.deepEqual(answer, { body: 'success' })
    assert.isNull(await followerOfUser(user.id))
  })
})

test.group('The server URL of the official account', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    wechatConfig.officialAccount.token = PLAIN.token
    return () => {
      wechatConfig.officialAccount.token = undefined
    }
  })

  const post = (body: string, query: Record<string, string>) =>
    fetch(appUrl(`/wechat/direct?${new URLSearchParams(query)}`), {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
    })

  test('takes a signed message without a token of our pages, and nothing else', async ({
    assert,
  }) => {
    const good = await post(message('/start'), signed(Date.now(), 'first'))
    assert.equal(good.status, 200)
    assert.match(good.headers.get('content-type')!, /^application\/xml/)
    assert.include(await good.text(), '/bind')

    const unsigned = await post(message('/start'), {})
    assert.equal(unsigned.status, 403)
    const large = await post('x'.repeat(65 * 1024), signed(Date.now(), 'second'))
    assert.equal(large.status, 413)
    const dtd = await post('<!DOCTYPE xml><xml></xml>', signed(Date.now(), 'third'))
    assert.equal(dtd.status, 400)
    assert.include(await dtd.text(), '"invalid_body"')
  })

  test('answers WeChat that it is the one, with the bare echo', async ({ assert }) => {
    const ask = (query: Record<string, string>) =>
      fetch(appUrl(`/wechat/direct?${new URLSearchParams({ ...query, echostr: '<b>42</b>' })}`))

    const right = await ask(signed(Date.now()))
    assert.equal(right.status, 200)
    assert.match(right.headers.get('content-type')!, /^text\/plain/)
    assert.equal(await right.text(), '<b>42</b>')
    const wrong = await ask({ ...signed(Date.now()), nonce: 'other' })
    assert.equal(wrong.status, 403)
  })

  test('is refused to all while no token is set', async ({ assert }) => {
    wechatConfig.officialAccount.token = undefined
    const answer = await post(message('/start'), signed(Date.now()))

    assert.equal(answer.status, 403)
    assert.include(await answer.text(), 'WECHAT_MP_TOKEN')
  })
})
