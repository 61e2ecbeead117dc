import { test } from '@japa/runner'
import { Webhook } from 'standardwebhooks'
import { sign, signingKey } from '#webhooks/sending/signature'
import { verifyRequest } from '#webhooks/endpoints/verify_request'
import { RECEIVER_SECRET } from '#tests/support/receiver'

const NOW = 1_780_000_000_000
const OTHER_SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
const PUBLIC_KEY = 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4='
const PAIR =
  'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=='
const BODY = '{"id": "evt_1"}'

/** A request as the reference library signs it, `age` seconds ago. */
function signed(body = BODY, age = 10): [string, string][] {
  const sentAt = new Date(NOW - age * 1000)
  return [
    ['webhook-id', 'evt_1'],
    ['webhook-timestamp', String(sentAt.getTime() / 1000)],
    ['webhook-signature', new Webhook(RECEIVER_SECRET).sign('evt_1', sentAt, body)],
  ]
}

function problem(headers: [string, string][], body = BODY, secret = RECEIVER_SECRET) {
  const finding = verifyRequest(
    { body, headers: new Map(headers) },
    { secrets: [secret], now: NOW, toleranceMs: 300_000 }
  )
  return finding.genuine ? null : finding.problem
}

test.group('Verifying a captured request', () => {
  test('what the reference library signed is genuine', ({ assert }) => {
    const request = { body: BODY, headers: new Map(signed()) }
    const check = { secrets: [OTHER_SECRET, RECEIVER_SECRET], now: NOW, toleranceMs: 300_000 }
    assert.deepEqual(verifyRequest(request, check), { genuine: true, id: 'evt_1', age_seconds: 10 })
  })

  test('with ed25519 the public key is enough', ({ assert }) => {
    const [id, time] = signed()
    const headers: [string, string][] = [
      id!,
      time!,
      ['webhook-signature', sign([signingKey(PAIR)], 'evt_1', Number(time![1]), BODY)],
    ]
    assert.isNull(problem(headers, BODY, PUBLIC_KEY))
    assert.isNull(problem(headers, BODY, PAIR))
    assert.match(problem(headers, '{}', PUBLIC_KEY)!, /signature is wrong/)
    assert.match(problem(signed(), BODY, PUBLIC_KEY)!, /no signature of version v1a$/)
    assert.match(problem(headers, BODY, 'whpk_AAAA')!, /whpk_ and 32 bytes/)
  })

  test('one of several signatures is enough', ({ assert }) => {
    const [id, time, [name, signature]] = signed() as [any, any, [string, string]]
    assert.isNull(problem([id, time, [name, `v1a,x v1,AAAA ${signature}`]]))
  })

  test('missing headers are named', ({ assert }) => {
    assert.equal(problem(signed().slice(1)), 'It lacks webhook-id')
    assert.equal(problem([]), 'It lacks webhook-id and webhook-timestamp and webhook-signature')
  })

  test('a time in milliseconds, or none at all, is named', ({ assert }) => {
    const [id, , signature] = signed()
    assert.match(problem([id!, ['webhook-timestamp', String(NOW)], signature!])!, /milliseconds/)
    assert.match(problem([id!, ['webhook-timestamp', 'noon'], signature!])!, /"noon" is not a time/)
  })

  test('another secret, and one that is none, are told apart', ({ assert }) => {
    assert.match(problem(signed(), BODY, OTHER_SECRET)!, /signature is wrong: another secret/)
    assert.match(problem(signed(), BODY, RECEIVER_SECRET.slice(6))!, /not begin with whsec_/)
    assert.match(problem(signed(), BODY, 'whsec_short')!, /24 to 64 bytes/)
  })

  test('a changed body is told from one that was only printed again', ({ assert }) => {
    assert.match(problem(signed(), '{"id":"evt_2"}')!, /signature is wrong/)
    assert.match(problem(signed(), `${BODY}\n`)!, /line break was added at the end/)
    assert.match(problem(signed('{"id":"evt_1"}'))!, /parsed and printed again/)
  })

  test('a signature of another version is named', ({ assert }) => {
    const [id, time] = signed()
    assert.match(problem([id!, time!, ['webhook-signature', 'v1a,abc']])!, /holds no .* v1$/)
  })

  test('a right signature that is too old, or too early, says by how much', ({ assert }) => {
    assert.match(problem(signed(BODY, 420))!, /signature is right, but .* too old by 120 s$/)
    assert.match(problem(signed(BODY, -420))!, /120 s too far in the future$/)
    assert.isNull(problem(signed(BODY, 300)))
  })
})
