import { test } from '@japa/runner'
import { backoff } from '#foundation/backoff'
import { every } from '#foundation/every'
import type { Clock } from '#foundation/clock'

/** A clock whose sleeps end at once and are written down; the signal aborts after the last. */
function writtenSleeps(atMost: number) {
  const over = new AbortController()
  const sleeps: number[] = []
  const clock: Clock = {
    now: () => 0,
    elapsed: () => 0,
    sleep: async (ms) => {
      sleeps.push(ms)
      if (sleeps.length === atMost) over.abort()
    },
  }
  return { clock, sleeps, signal: over.signal }
}

test.group('What is repeated', () => {
  test('waits after each time, and ends with its signal', async ({ assert }) => {
    const { clock, sleeps, signal } = writtenSleeps(3)
    let times = 0

    await every(500, async () => void times++, { clock, signal })

    assert.deepEqual(sleeps, [500, 500, 500])
    assert.equal(times, 3)
  })

  test('waits before the first time where it is told to, and does nothing if that is its end', async ({
    assert,
  }) => {
    const { clock, sleeps, signal } = writtenSleeps(1)

    await every(500, () => Promise.reject(new Error('it worked')), {
      clock,
      signal,
      firstAfterMs: 20,
    })

    assert.deepEqual(sleeps, [20])
  })

  test('waits as long as the work answers', async ({ assert }) => {
    const { clock, sleeps, signal } = writtenSleeps(3)
    const waits = [7, undefined, 0]

    await every(500, async () => waits.shift(), { clock, signal })

    assert.deepEqual(sleeps, [7, 500, 0])
  })

  test('goes on after an error that is taken, and ends with one that is not', async ({
    assert,
  }) => {
    const { clock, signal } = writtenSleeps(3)
    const work = () => Promise.reject(new Error('no'))
    const taken: string[] = []

    await every(500, work, { clock, signal, onError: ({ message }) => void taken.push(message) })
    assert.deepEqual(taken, ['no', 'no', 'no'])

    const other = writtenSleeps(3)
    await assert.rejects(() => every(500, work, other), 'no')
    assert.isEmpty(other.sleeps)
  })
})

test.group('Backoff', () => {
  test('doubles with each failure, up to the longest wait', ({ assert }) => {
    const waits = [0, 1, 2, 3, 4, 1000].map((earlier) =>
      backoff({ firstMs: 100, longestMs: 1000 }, earlier)
    )
    assert.deepEqual(waits, [100, 200, 400, 800, 1000, 1000])
  })
})
