import env from '#start/env'
import Database from 'better-sqlite3'
import { getActiveTest, test } from '@japa/runner'
import { watchCommits } from '#foundation/db/watch_commits'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storeLaunches } from '#tests/support/facts'

/** Longer than a test may take. */
const LONG_MS = 3_600_000

/** As long as it takes to look a few times. */
const SHORT_MS = 25

async function watch() {
  const watcher = await watchCommits()
  getActiveTest()?.cleanup(() => watcher.close())
  return watcher
}

test.group('Being told of commits', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a write transaction of this process is told, also from before the wait', async ({
    assert,
  }) => {
    const watcher = await watch()

    await storeLaunch()

    assert.isTrue(await watcher.wait(LONG_MS))
    assert.isFalse(await watcher.wait(SHORT_MS))
  })

  test('what this process writes without one wakes no waiter in it', async ({ assert }) => {
    const watcher = await watch()

    await storeLaunches(1)

    assert.isFalse(await watcher.wait(SHORT_MS))
  })

  test('a commit of another connection ends the wait', async ({ assert }) => {
    const watcher = await watch()
    const other = new Database(env.get('DATABASE_PATH'))
    getActiveTest()?.cleanup(() => {
      other.close()
    })

    const woken = watcher.wait(LONG_MS)
    other.exec('create table of_another_process (id integer); drop table of_another_process')

    assert.isTrue(await woken)
  }).tags(['@sqlite'])

  test('a wait ends with its signal, and what was committed meanwhile counts for the next', async ({
    assert,
  }) => {
    const watcher = await watch()
    const stopping = new AbortController()
    const waited = watcher.wait(LONG_MS, stopping.signal)

    stopping.abort()

    assert.isFalse(await waited)
    await storeLaunch()
    assert.isTrue(await watcher.wait(LONG_MS))
  })
})
