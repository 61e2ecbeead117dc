import { test } from '@japa/runner'
import PushAlert from '#models/push_alert'
import { runCommand } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'
import { storeJobs } from '#tests/support/push_health'

const MINUTE = 60_000

test.group('node ace check:push', (group) => {
  group.each.setup(() => emptyDatabase())

  test('says how pushing does in words, in JSON and in its exit code', async ({ assert }) => {
    const check = (...args: string[]) => runCommand('check:push', ...args)
    const planned = Date.now() - 30 * MINUTE
    const quiet = await check()
    assert.equal(quiet.code, 0, quiet.stderr)
    assert.equal(quiet.stdout[0], 'ok: No events were due, and nothing is wrong')

    await storeJobs(9, 'sent', planned)
    await storeJobs(1, 'failed', planned)
    const degraded = await check()
    assert.equal(degraded.code, 3, degraded.stderr)
    assert.equal(degraded.stdout[0], 'degraded: 90 % of 10 pushes arrived, 1 are missing')

    await storeJobs(10, 'failed', planned)
    const critical = await check('--json')
    assert.equal(critical.code, 4, critical.stderr)
    const { data } = JSON.parse(critical.stdout.join())
    assert.containsSubset(data, { level: 'critical', coverage: { due: 20, sent: 9 } })

    const [first] = await PushAlert.query().orderBy('id')
    const narrow = await check('--window=10m')
    const absurd = await check('--window=soon')
    const acknowledged = await check(`--acknowledge=${first!.id}`)
    const unknown = await check('--acknowledge=999')
    assert.equal(narrow.code, 0, narrow.stdout.join('\n'))
    assert.equal(absurd.code, 1)
    assert.include(absurd.stderr, '--window is "soon"')
    assert.equal(acknowledged.code, 0, acknowledged.stderr)
    assert.equal(acknowledged.stdout[0], `Acknowledged: ${first!.message}`)
    assert.equal(unknown.code, 1)
    assert.include(unknown.stderr, 'There is no alert 999')
  })
})
