import { test } from '@japa/runner'
import { reopeningWait } from '#feed/reopening_wait'

test.group('The wait before a page opens its stream anew', () => {
  test('grows with every failure, up to half a minute', ({ assert }) => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 100].map((failures) => reopeningWait(failures, () => 0))

    assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  })

  test('is drawn by lot, so that not all pages come back at once', ({ assert }) => {
    const waits = [0, 0.5, 1].map((lot) => reopeningWait(3, () => lot))

    assert.deepEqual(waits, [4000, 3000, 2000])
  })
})
