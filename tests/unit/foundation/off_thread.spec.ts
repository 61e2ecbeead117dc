import { test } from '@japa/runner'
import { OffThread } from '#foundation/threads/off_thread'

function thread(deadlineMs: number, entry = 'play_thread.ts') {
  return new OffThread<number | string, number>({
    entry: new URL(`../../support/${entry}`, import.meta.url),
    deadlineMs,
    heapMb: 32,
    keyOf: String,
    overdue: -1,
  })
}

test.group('A thread that answers questions', () => {
  test('answers in order, also those asked in between', async ({ assert }) => {
    const doubling = thread(60_000)
    const many = Array.from({ length: 120 }, (_, index) => index)
    const [first, between] = await Promise.all([doubling.ask(many), doubling.ask([7])])

    assert.deepEqual(
      first,
      many.map((number) => number * 2)
    )
    assert.deepEqual(between, [14])
  })

  test('ends at what never ends, answers the rest, and is not asked that again', async ({
    assert,
  }) => {
    const doubling = thread(2000)
    assert.deepEqual(await doubling.ask([1, 'endless', 2, 'endless']), [2, -1, 4, -1])
    assert.deepEqual(await doubling.ask(['endless', 3]), [-1, 6])
  }).timeout(30_000)

  test('survives an answer for which there is no memory', async ({ assert }) => {
    assert.deepEqual(await thread(60_000).ask([1, 'huge', 2]), [2, -1, 4])
  }).timeout(30_000)

  test('that cannot be started says so to all who wait', async ({ assert }) => {
    const missing = thread(60_000, 'no_such_thread.ts')
    const asked = await Promise.allSettled([missing.ask([1]), missing.ask([2])])
    assert.deepEqual(
      asked.map(({ status }) => status),
      ['rejected', 'rejected']
    )
  })
})
