import { createECDH } from 'node:crypto'
import { test } from '@japa/runner'
import { problemOfClaim } from '#demo/web_push/play_push_service'
import { areUsable, encryptedMessage } from '#web_push/message/encrypted_message'
import { isPushService } from '#web_push/message/push_services'
import { newServerSecret, ServerKey } from '#web_push/message/server_key'

/** The example of RFC 8291, section 5 and appendix A. */
const EXAMPLE = {
  text: 'When I grow up, I want to be a watermelon',
  keys: {
    p256dh:
      'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  sender: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  body:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml' +
    'mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT' +
    'pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}

/** The example of RFC 8292, section 2.4. */
const SIGNED = {
  key: 'BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs',
  token:
    'eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA',
  origin: 'https://push.example.net',
  now: () => 1_453_500_000_000,
}

test.group('A message of Web Push', () => {
  test('is encrypted as in the example of RFC 8291', ({ assert }) => {
    const sender = createECDH('prime256v1')
    sender.setPrivateKey(Buffer.from(EXAMPLE.sender, 'base64url'))
    const salt = Buffer.from(EXAMPLE.salt, 'base64url')
    const body = encryptedMessage(EXAMPLE.text, EXAMPLE.keys, { salt, sender })
    assert.equal(body.toString('base64url'), EXAMPLE.body)
  })

  test('is never encrypted twice with the same key', ({ assert }) => {
    const [one, other] = [1, 2].map(() => encryptedMessage('a', EXAMPLE.keys).toString('hex'))
    assert.notEqual(one, other)
  })

  test('cannot be made for keys that are none', ({ assert }) => {
    assert.isTrue(areUsable(EXAMPLE.keys))
    const { p256dh, auth } = EXAMPLE.keys
    const wrong = [
      { p256dh: p256dh.replace('BCVx', 'BCVy'), auth },
      { p256dh: auth, auth },
      { p256dh, auth: 'AAAA' },
      { p256dh: '', auth: '' },
    ]
    assert.deepEqual(wrong.filter(areUsable), [])
  })
})

test.group('The header by which push services know a site', () => {
  const { key, token, origin, now } = SIGNED
  const problem = (authorization: string, serverKey: string, clock = { now }) =>
    problemOfClaim(authorization, origin, { serverKey }, clock)

  test('is read as in the example of RFC 8292', ({ assert }) => {
    assert.isNull(problem(`vapid t=${token}, k=${key}`, key))
    assert.match(problem(`vapid t=${token.replace(/.$/, 'Q')}, k=${key}`, key)!, /signature/)
  })

  test('is signed so that it is read in the same way, and made anew before it is too old', ({
    assert,
  }) => {
    const own = new ServerKey(newServerSecret(), 'mailto:you@example.com')
    const made = own.authorization(origin, now())
    assert.isNull(problem(made, own.publicKey))
    assert.equal(own.authorization(origin, now() + 60_000), made)
    const later = now() + 20 * 3_600_000
    assert.isNull(problem(own.authorization(origin, later), own.publicKey, { now: () => later }))
  })

  test('is for one push service alone', ({ assert }) => {
    const own = new ServerKey(newServerSecret(), 'mailto:you@example.com')
    const elsewhere = own.authorization('https://other.example', now())
    assert.match(problem(elsewhere, own.publicKey)!, /another push service/)
  })
})

test.group('Endpoints of browsers', () => {
  const cases: [string, boolean][] = [
    ['https://fcm.googleapis.com/fcm/send/abc:def', true],
    ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
    ['https://web.push.apple.com/QAbc', true],
    ['https://wns2-by3p.notify.windows.com/w/?token=a', true],
    ['http://fcm.googleapis.com/fcm/send/abc', false],
    ['https://fcm.googleapis.com:8443/a', false],
    ['https://fcm.googleapis.com.example.com/a', false],
    ['https://user:pass@fcm.googleapis.com/a', false],
    ['https://push.apple.com.example.com/', false],
    ['https://169.254.169.254/latest/meta-data', false],
    [`https://fcm.googleapis.com/${'a'.repeat(1000)}`, false],
    ['javascript:alert(1)', false],
    ['', false],
  ]
  for (const [endpoint, isKnown] of cases) {
    test(`${isKnown ? 'are taken' : 'are refused'}: ${endpoint.slice(0, 60)}`, ({ assert }) => {
      assert.equal(isPushService(endpoint, []), isKnown)
    })
  }

  test('may be of a host that the operator allows', ({ assert }) => {
    assert.isTrue(isPushService('http://127.0.0.1:4020/push/a', ['127.0.0.1:4020']))
    assert.isFalse(isPushService('http://127.0.0.1:4021/push/a', ['127.0.0.1:4020']))
  })
})
