import { test } from '@japa/runner'
import { Breaker } from '#delivery/lanes/breaker'
import type { Verdict } from '#delivery/channel'
import { because } from '#models/reasons'
import { SettableClock } from '#tests/support/settable_clock'

const [SECOND, HOUR] = [1000, 3_600_000]

function refused(isOverload: boolean, retryAfterMs: number | null = null): Verdict {
  return { kind: 'failed', cause: because('status'), answer: null, retryAfterMs, isOverload }
}

const overload = (retryAfterMs?: number) => refused(true, retryAfterMs)
const accepted: Verdict = { kind: 'accepted', answer: { status: 200, head: '' } }

function setUp() {
  const clock = new SettableClock()
  const breaker = new Breaker({ firstMs: SECOND, longestMs: 60 * SECOND })
  const request = (verdict: Verdict | null) => breaker.end(breaker.begin(), verdict, clock.now())
  const pause = () => (breaker.resumesAt ?? clock.now()) - clock.now()
  const admits = () => breaker.admits(clock.now())
  return { clock, breaker, request, pause, admits }
}

test.group('Breaker', () => {
  test('overload stops everything for the pause, another failure does not', ({ assert }) => {
    const { clock, request, admits } = setUp()
    request(refused(false))
    assert.isTrue(admits())

    assert.isTrue(request(overload()))
    assert.isFalse(admits())
    clock.pass(SECOND - 1)
    assert.isFalse(admits())
    clock.pass(1)
    assert.isTrue(admits())
  })

  test('after the pause one request probes, and its success lets all go', ({ assert }) => {
    const { clock, breaker, request, admits } = setUp()
    request(overload())
    clock.pass(SECOND)

    const probe = breaker.begin()
    assert.isFalse(admits())
    breaker.end(probe, accepted, clock.now())
    assert.isTrue(admits())
    assert.isNull(breaker.resumesAt)
  })

  test('a probe that shows overload doubles the pause, up to the longest', ({ assert }) => {
    const { clock, request, pause } = setUp()
    const pauses = Array.from({ length: 8 }, () => {
      request(overload())
      const length = pause()
      clock.pass(length)
      return length / SECOND
    })
    assert.deepEqual(pauses, [1, 2, 4, 8, 16, 32, 60, 60])

    request(accepted)
    request(overload())
    assert.equal(pause(), SECOND)
  })

  test('what was under way when the pause began changes nothing any more', ({ assert }) => {
    const { clock, breaker, request, pause, admits } = setUp()
    const early = [breaker.begin(), breaker.begin()]
    request(overload())

    assert.isFalse(breaker.end(early[0]!, overload(), clock.now()))
    breaker.end(early[1]!, accepted, clock.now())
    assert.equal(pause(), SECOND)
    assert.isFalse(admits())
  })

  test('Retry-After makes the pause longer, never shorter, an hour at most', ({ assert }) => {
    for (const [asked, length] of [
      [0, SECOND],
      [30 * SECOND, 30 * SECOND],
      [24 * HOUR, HOUR],
    ]) {
      const { request, pause } = setUp()
      request(overload(asked))
      assert.equal(pause(), length)
    }
  })

  test('a probe that was not sent leaves the next request to probe', ({ assert }) => {
    const { clock, breaker, request, admits } = setUp()
    request(overload())
    clock.pass(SECOND)

    request(null)
    assert.isTrue(admits())
    breaker.begin()
    assert.isFalse(admits())
  })
})
