import { test } from '@japa/runner'
import { SharedReads } from '#feed/shared_reads'

test.group('Shared reads', () => {
  const setup = () => {
    const clock = { now: () => 0, elapsed: () => 0, sleep: async () => {} }
    let reads = 0
    const shared = new SharedReads<number>(20, clock)
    return { clock, ask: (key = 'a') => shared.get(key, async () => ++reads), shared }
  }

  test('questions within the age share one read', async ({ assert }) => {
    const { clock, ask } = setup()
    const first = await ask()
    clock.now = () => 19

    assert.equal(await ask(), first)
  })

  test('an answer is never older than the age', async ({ assert }) => {
    const { clock, ask } = setup()
    const first = await ask()
    clock.now = () => 20

    assert.notEqual(await ask(), first)
  })

  test('different questions have different answers', async ({ assert }) => {
    const { ask } = setup()

    assert.notEqual(await ask('a'), await ask('b'))
  })

  test('a failure is not kept', async ({ assert }) => {
    const { shared, ask } = setup()
    await assert.rejects(() => shared.get('a', () => Promise.reject(new Error('busy'))), 'busy')

    assert.equal(await ask(), 1)
  })
})
