import { test } from '@japa/runner'
import { isSigned, open, seal, signatureOf } from '#wechat/official_account/envelope'
import { readMessage } from '#wechat/official_account/received'
import { readXml, writeXml } from '#wechat/official_account/xml'

/** Two npm packages compute these values. */
const TOKEN = 'testtoken'
const TIME = '1409304348'
const NONCE = 'xxxxxx'
const KEYS = {
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  appId: 'wxb11529c136998cb6',
}
const RANDOM = Buffer.from('0123456789abcdef')
const ENCRYPTED =
  'Q3stYC6hdFzMh9T8HCvyDMpVZSnK8QoS4NPD7JNcmXpXM+eYDCygsbLEyqy+7toErlWr0azEWiPE6qh4t7aBb2BETIboJC9UmLpzwAq8s67WRWA1LAFuVyVo62n27pAYC/GXXVkCjtY9gBZSwK+HQzU8uiVpn4t+ot+/KzhqG4AU40NFLOkBfUZBPLYsGMBO5Xz/MKWquFvVpTCNrWiV9j7R9izWwvTp2xp+Six27SZlMEHlrL8gPbd2dT7bcH1uxRwiBpv9DamPJNhvMa+X+VDwywFn3ch/1m135hIYQHO67zskj3DrrxrCpllfW9cTNkEgdLuno1YN4nUSHRkMQv61TAagB5F9uU5oHcYw+sxFU9o8pxi6Zn51QvWJHkif'

const messageOf = (content: string) =>
  `<xml><ToUserName><![CDATA[gh_test]]></ToUserName><FromUserName><![CDATA[oUser]]></FromUserName><CreateTime>1409304348</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content><MsgId>1234567890123456</MsgId></xml>`

test.group('Letters of an official account', () => {
  test('are signed over the sorted parts', ({ assert }) => {
    assert.equal(signatureOf(TOKEN, TIME, NONCE), '30d7c91db269b3e0cb3e1a131646b6d1ae4750f5')
    const signature = 'b61dcec002fb611fb2538f83cdb65ed35cd3c9e4'
    assert.isTrue(isSigned(signature, TOKEN, TIME, NONCE, ENCRYPTED))
    assert.isFalse(isSigned(signature, TOKEN, TIME, NONCE))
    assert.isFalse(isSigned(undefined, TOKEN, TIME, NONCE))
  })

  test('are encrypted as other implementations do it, and read back', ({ assert }) => {
    const xml = messageOf('/start')

    assert.equal(seal(xml, KEYS, RANDOM), ENCRYPTED)
    assert.deepEqual(open(ENCRYPTED, KEYS.aesKey), { text: xml, appId: KEYS.appId })
  })

  test('are padded to blocks of 32 bytes, also where 16 would do', ({ assert }) => {
    const xml = messageOf(`/start${'a'.repeat(11)}`)
    const plain = 16 + 4 + Buffer.byteLength(xml) + KEYS.appId.length
    assert.equal(plain, 288)

    const encrypted = seal(xml, KEYS, RANDOM)
    assert.lengthOf(Buffer.from(encrypted, 'base64'), 320)
    assert.equal(open(encrypted, KEYS.aesKey)?.text, xml)
  })

  test('open with a key whose last letter carries bits that mean nothing', ({ assert }) => {
    const aesKey = 'xlKEkaI3u2aiUksFrqusZpS3USWh35ZLe7rV7mGxoDy'
    const sameKey = `${aesKey.slice(0, -1)}w`

    assert.equal(open(seal('text', { ...KEYS, aesKey: sameKey }), aesKey)?.text, 'text')
  })

  test('that cannot be read are none: {$self}')
    .with(['', 'AAAA', 'not base64 at all', ENCRYPTED.slice(0, -24), ENCRYPTED.replace('Q', 'R')])
    .run(({ assert }, encrypted) => {
      const read = open(encrypted, KEYS.aesKey)

      assert.notEqual(read?.text, messageOf('/start'))
    })
})

test.group('XML of WeChat', () => {
  test('is read field by field, ids as exact text', ({ assert }) => {
    const id = '18446744073709551615'
    const text = messageOf('a < b & "c" <!DOCTYPE').replace('1234567890123456', id)
    const fields = readXml(`<?xml version="1.0"?>\n${text}`)

    assert.equal(fields.Content, 'a < b & "c" <!DOCTYPE')
    assert.equal(fields.MsgId, id)
    assert.equal(readXml('<xml><A>1 &lt; 2</A></xml>').A, '1 < 2')
  })

  test('reads back what was written, whatever it holds', ({ assert }) => {
    const hostile = ']]></Content><Content>]]>&<xml>\n😀'

    assert.deepEqual(readXml(writeXml({ Content: hostile, CreateTime: 5 })), {
      Content: hostile,
      CreateTime: '5',
    })
  })

  test('knows a message, a spoken one and a follower who leaves', ({ assert }) => {
    const base = { ToUserName: 'gh', FromUserName: 'o1', CreateTime: 7 }
    const spoken = writeXml({ ...base, MsgType: 'voice', Recognition: '状态。', MsgId: 9 })
    const left = writeXml({ ...base, MsgType: 'event', Event: 'unsubscribe' })
    const list = `<xml><ToUserName>gh</ToUserName><FromUserName>o1</FromUserName><CreateTime>7</CreateTime><MsgType>event</MsgType><Event>pic</Event><SendPicsInfo><Count>1</Count></SendPicsInfo></xml>`

    assert.include(readMessage(spoken), { said: '状态。', key: '9', event: null })
    assert.include(readMessage(left), { said: null, key: 'o1 7 unsubscribe', event: 'unsubscribe' })
    assert.include(readMessage(list), { said: null, event: null })
  })

  test('is refused where it is more than elements with text: {$self}')
    .with([
      '<!DOCTYPE xml [<!ENTITY a "aaaa">]><xml><Content>&a;</Content></xml>',
      '<xml><!ENTITY a "b"><A>1</A></xml>',
      '<xml><A>1</A>',
      '<xml><A><![CDATA[1</A></xml>',
      '<xml>text</xml>',
      '{"Content":"/start"}',
      '',
    ])
    .run(({ assert }, xml) => {
      assert.throws(() => readXml(xml), /cannot be read as a message/)
    })
})
