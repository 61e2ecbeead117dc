import { test } from '@japa/runner'
import { DEFAULT_WAITS, retryDelay } from '#delivery/lanes/retry_policy'

const IN_THE_MIDDLE = 0.5

test.group('Retry policy', () => {
  test('the default schedule waits 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h', ({ assert }) => {
    const policy = { waits: DEFAULT_WAITS, maxRetries: 9 }
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((tries) =>
      retryDelay(policy, tries, IN_THE_MIDDLE)
    )

    const minutes = waits.map((wait) => wait && wait / 60_000)
    assert.deepEqual(minutes, [1 / 12, 5, 30, 120, 300, 600, 840, 1200, 1440, null])
  })

  test('one wait alone doubles with every try, up to a day', ({ assert }) => {
    const policy = { waits: [1000], maxRetries: 40 }

    assert.deepEqual(
      [1, 2, 3, 4, 30].map((tries) => retryDelay(policy, tries, IN_THE_MIDDLE)),
      [1000, 2000, 4000, 8000, 86_400_000]
    )
  })

  test('a list that is used up before the retries are goes on with its last wait', ({ assert }) => {
    const policy = { waits: [10, 20], maxRetries: 4 }

    assert.deepEqual(
      [1, 2, 3, 4, 5].map((tries) => retryDelay(policy, tries, IN_THE_MIDDLE)),
      [10, 20, 20, 20, null]
    )
  })

  test('jitter spreads a wait by a fifth in both directions', ({ assert }) => {
    const policy = { waits: [1000, 1000], maxRetries: 2 }

    assert.equal(retryDelay(policy, 1, 0), 800)
    assert.equal(retryDelay(policy, 1, 1), 1200)
  })

  test('without retries the first failure is final', ({ assert }) => {
    assert.isNull(retryDelay({ waits: [1000], maxRetries: 0 }, 1, IN_THE_MIDDLE))
    assert.isNull(retryDelay({ waits: [], maxRetries: 3 }, 1, IN_THE_MIDDLE))
  })

  test('an event that expires is tried after 1, 2, 4, 8 … s, up to a tenth of its life, as long as it lives', ({
    assert,
  }) => {
    const policy = { waits: DEFAULT_WAITS, maxRetries: 9, expiringMs: 1000 }
    const seconds = (lifeMs: number, tries: number[]) =>
      tries.map((made) => retryDelay(policy, made, IN_THE_MIDDLE, lifeMs)! / 1000)

    const tries = [1, 2, 3, 4, 5, 6, 7, 30, 5000]
    assert.deepEqual(seconds(300_000, tries), [1, 2, 4, 8, 16, 30, 30, 30, 30])
    assert.deepEqual(seconds(20_000, tries), [1, 2, 2, 2, 2, 2, 2, 2, 2])
    assert.deepEqual(seconds(3 * 86_400_000, [13, 14, 15, 16]), [4096, 8192, 16_384, 25_920])
    assert.equal(retryDelay(policy, 1, 1, 300_000), 1200)
  })

  test('a schedule that says nothing of events that expire holds for them, too', ({ assert }) => {
    const policy = { waits: [10, 20], maxRetries: 2 }
    assert.deepEqual(
      [1, 2, 3].map((tries) => retryDelay(policy, tries, IN_THE_MIDDLE, 300_000)),
      [10, 20, null]
    )
    assert.isNull(
      retryDelay({ ...policy, maxRetries: 0, expiringMs: 1000 }, 1, IN_THE_MIDDLE, 300_000)
    )
  })
})
