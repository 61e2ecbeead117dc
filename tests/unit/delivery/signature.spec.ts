import { test } from '@japa/runner'
import { Webhook } from 'standardwebhooks'
import { sign, signingKey } from '#webhooks/sending/signature'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const KEY_32 = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
const KEY_64 =
  'whsec_//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eDf3t3c29rZ2NfW1dTT0tHQz87NzMvKycjHxsXEw8LBwA=='
const SECRET_ED25519 =
  'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=='
const TEST_BODY = '{"test": 2432232314}'
const TOKEN_BODY =
  '{"type":"token.created","data":{"chain":"bsc","address":"0x0000000000000000000000000000000000000001"}}'

/** Vectors of the Standard Webhooks reference library. */
const VECTORS = [
  {
    name: 'the specification',
    secret: SECRET,
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1614265330,
    body: TEST_BODY,
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
  {
    name: 'a contact',
    secret: SECRET,
    id: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W',
    timestamp: 1674087231,
    body: '{"type":"contact.created","timestamp":"2022-11-03T20:26:10.344522Z","data":{"id":"1f81eb52-5198-4599-803e-771906343485"}}',
    signature: 'v1,ARw42xaAApl/nxRo+iPGYwSaMQaOwMo2eyH5JBRA+bQ=',
  },
  {
    name: 'an empty body',
    secret: SECRET,
    id: 'msg_empty',
    timestamp: 1700000000,
    body: '',
    signature: 'v1,LrOGikvEp3ovC4ipwU5sfXzzFy9SMN1tDL3jPPGtLmc=',
  },
  {
    name: 'Chinese and emoji',
    secret: SECRET,
    id: 'msg_utf8',
    timestamp: 1700000000,
    body: '{"名称":"代币","emoji":"🚀"}',
    signature: 'v1,plykuhxiEsRkfApKac/y1f3PUtlInZ8h0MWjxT4aWfk=',
  },
  {
    name: 'a key of 32 bytes',
    secret: KEY_32,
    id: 'evt_01HZX3',
    timestamp: 1735689600,
    body: TOKEN_BODY,
    signature: 'v1,iQaLBsdojYgI78ITbyKthN5ELg+36nsOSXbFdNZrjsQ=',
  },
  {
    name: 'a key of 64 bytes',
    secret: KEY_64,
    id: 'evt_01HZX4',
    timestamp: 1735689600,
    body: TOKEN_BODY,
    signature: 'v1,Nbt8hiMSFA28k0Q3qQDIJkEzh5JTcvzON5RdAuUjL4I=',
  },
  {
    name: 'a secret without whsec_',
    secret: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1614265330,
    body: TEST_BODY,
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
  {
    name: 'white space of the body',
    secret: SECRET,
    id: 'msg_ws',
    timestamp: 1700000000,
    body: '{\n  "a": 1\n} ',
    signature: 'v1,33FKEr3+7Xd9+tJY2VkLUqnBiB382VoI75zX5CmDuqU=',
  },
  {
    name: 'ed25519',
    secret: SECRET_ED25519,
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1614265330,
    body: TEST_BODY,
    signature:
      'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
  },
]

test.group('Signature', () => {
  test('equals the reference vector: {name}')
    .with(VECTORS)
    .run(({ assert }, { secret, id, timestamp, body, signature }) => {
      assert.equal(sign([signingKey(secret)], id, timestamp, body), signature)
    })

  test('while a secret is rotated, receivers with either secret accept it', ({ assert }) => {
    const timestamp = Math.floor(Date.now() / 1000)
    const signature = sign([signingKey(KEY_32), signingKey(SECRET)], 'evt_1', timestamp, '{}')
    const headers = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signature,
    }

    assert.equal(signature.split(' ').length, 2)
    assert.deepEqual(new Webhook(KEY_32).verify('{}', headers), {})
    assert.deepEqual(new Webhook(SECRET).verify('{}', headers), {})
  })

  test('a pair of ed25519 keys that do not belong together is refused', ({ assert }) => {
    const other = SECRET_ED25519.replace('whsk_6Xb', 'whsk_7Xb')
    for (const secret of [other, 'whsk_', KEY_64.replace('whsec_', 'whsk_'), 'whsk_c2hvcnQ=']) {
      assert.throws(() => signingKey(secret), /seed of 32 bytes and its public key/)
    }
  })

  test('a secret that is not base64 of 24 to 64 bytes is refused with a way to make one', ({
    assert,
  }) => {
    for (const secret of ['', 'whsec_', 'whsec_c2hvcnQ=', 'whsec_not base64 at all, really not!']) {
      assert.throws(() => signingKey(secret), /24 to 64 bytes in base64.*randomBytes/)
    }
  })
})
