import { test } from '@japa/runner'
import { TokenBucket } from '#delivery/lanes/throttle'
import { SettableClock } from '#tests/support/settable_clock'

const perSecond = (requests: number) => ({ requests, perMs: 1000 })

/** How many requests begin within `ms` milliseconds when one is tried every millisecond. */
function begunWithin(ms: number, bucket: TokenBucket, clock = new SettableClock()) {
  let begun = 0
  for (let passed = 0; passed < ms; passed++) {
    if (bucket.waitMs(clock.now()) === 0) {
      bucket.take()
      begun++
    }
    clock.pass(1)
  }
  return begun
}

test.group('Token bucket', () => {
  test('as many begin as the rate allows: {$self} in a second')
    .with([1, 7, 50, 400])
    .run(({ assert }, rate) => {
      const burst = Math.max(1, rate / 10)
      const begun = begunWithin(10_000, new TokenBucket(perSecond(rate)))

      assert.isAtLeast(begun, rate * 10 - 1)
      assert.isAtMost(begun, rate * 10 + burst)
    })

  test('what was not used is not saved up', ({ assert }) => {
    const clock = new SettableClock()
    const bucket = new TokenBucket(perSecond(100))
    bucket.waitMs(clock.now())
    clock.pass(3_600_000)

    assert.isAtMost(begunWithin(1000, bucket, clock), 110)
  })

  test('it tells when to come back, and then there is a token', ({ assert }) => {
    const clock = new SettableClock()
    const bucket = new TokenBucket(perSecond(3))
    bucket.waitMs(clock.now())
    bucket.take()

    const waitMs = bucket.waitMs(clock.now())
    clock.pass(waitMs)
    assert.equal(waitMs, 334)
    assert.equal(bucket.waitMs(clock.now()), 0)
  })
})
