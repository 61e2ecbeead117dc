import { test } from '@japa/runner'
import ace from '@adonisjs/core/services/ace'
import type Work from '#commands/work'
import ProcessHeartbeat from '#models/process_heartbeat'
import { runCommand } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'

test.group('node ace work', (group) => {
  group.each.setup(() => emptyDatabase())

  test('does the work of several commands until it is told to stop, each with a heartbeat', async ({
    assert,
  }) => {
    const words = ['--only=monitor:orders,verify:orders', '--only=check:push']
    await ace.boot()
    const work = (await ace.create(await ace.find('work'), words)) as Work
    const stop = new AbortController()
    const working = work.work(stop.signal)
    const kinds = async () => {
      const rows = await ProcessHeartbeat.query().orderBy('kind')
      return rows.map(({ kind, endedAt }) => [kind, endedAt !== null])
    }
    const all = ['check:push', 'monitor:orders', 'verify:orders']
    for (let rows = 0; rows < all.length;) {
      const beating = await ProcessHeartbeat.all()
      rows = beating.length
    }
    assert.deepEqual(
      await kinds(),
      all.map((kind) => [kind, false])
    )

    stop.abort()
    await working
    assert.deepEqual(
      await kinds(),
      all.map((kind) => [kind, true])
    )
  })

  test('refuses what does not go on, and says what there is', async ({ assert }) => {
    const { code, stderr } = await runCommand('work', '--only=scan:chain,restore')
    assert.equal(code, 1)
    assert.include(stderr, '"restore" is nothing that works on. There are: scan:chain')
  })
})
