import { test } from '@japa/runner'
import { signatureFault, signHook } from '#orders/hook/hook_signature'

const SECRET = 'a secret of the test'
const NOW = 1_790_000_000_000
const BODY = '{"type":"order.announced"}'

/** A call that was signed so many seconds from now. */
function signed(secondsOff: number, changes: { timestamp?: string; signature?: string } = {}) {
  const timestamp = String(NOW / 1000 + secondsOff)
  return { timestamp, signature: signHook(SECRET, timestamp, BODY), body: BODY, ...changes }
}

test.group('The signature of a call to the receiver', () => {
  test('counts for 300 seconds before and after its time, and not for one more', ({ assert }) => {
    const faults = [-301, -300, 0, 300, 301].map((off) => signatureFault(signed(off), SECRET, NOW))
    assert.deepEqual(faults, ['stale_timestamp', null, null, null, 'stale_timestamp'])
  })

  test('is HMAC-SHA256 over time, a point and the body, with or without its name before it', ({
    assert,
  }) => {
    // printf %s '1790000000.{"type":"order.announced"}' | openssl dgst -sha256 -hmac 'a secret of the test'
    const hex = 'e81327f06cfe6ab4bf38e5c4434d7fa21123cf792416ccbd276f448bd0a6ec31'
    for (const signature of [hex, `sha256=${hex}`, `SHA256=${hex.toUpperCase()}`]) {
      assert.isNull(signatureFault(signed(0, { signature }), SECRET, NOW), signature)
    }
    assert.equal(signatureFault(signed(1, { signature: hex }), SECRET, NOW), 'invalid_signature')
  })

  test('needs a time in whole seconds', ({ assert }) => {
    for (const timestamp of [String(NOW), '1790000000.5', '-1', 'now']) {
      const call = { timestamp, signature: signHook(SECRET, timestamp, BODY), body: BODY }
      assert.equal(signatureFault(call, SECRET, NOW), 'stale_timestamp', timestamp)
    }
    assert.equal(signatureFault(signed(0, { timestamp: '' }), SECRET, NOW), 'missing_signature')
  })
})
