import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import ProcessHeartbeat from '#models/process_heartbeat'
import PushHealthCheck from '#models/push_health_check'
import { runCommand } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint, until } from '#tests/support/delivery'
import { RunningProcess } from '#tests/support/processes'
import { ACE } from '#tests/support/programs'
import { storeJobs } from '#tests/support/push_health'

const MINUTE = 60_000

test.group('node ace check:push', (group) => {
  group.each.setup(() => emptyDatabase())

  test('says in one line that the database cannot be asked', async ({ test: running, assert }) => {
    const away = new RunningProcess(running, [...ACE, 'check:push'], {
      DB_CONNECTION: 'pg',
      DATABASE_URL: 'postgres://regou@127.0.0.1:9/regou',
    })

    assert.equal(await away.ended, 1)
    assert.isEmpty(away.stdout)
    assert.match(
      away.output,
      /nothing listens at the host and port of DATABASE_URL \(ECONNREFUSED\)/
    )
    assert.notInclude(away.output, 'commands/check_push')
  }).tags(['@sqlite'])

  test('misses a sender that was killed, and not one that is at work', async ({
    test: running,
    assert,
  }) => {
    await storeEndpoint('https://192.88.98.1/hooks')
    const sender = new RunningProcess(running, [...ACE, 'send:webhooks'])
    await until(async () => {
      const beat = await ProcessHeartbeat.findBy('kind', 'send:webhooks')
      return beat !== null && beat.beatAt > beat.startedAt
    })
    const well = await runCommand('check:push')
    assert.equal(well.code, 0, well.stdout.join('\n'))
    assert.match(well.stdout.join('\n'), /^send:webhooks +up for [\d.]+ (ms|s|min)/m)

    sender.kill('SIGKILL')
    await sender.ended
    const before = { beat_at: Date.now() - 3 * MINUTE, started_at: Date.now() - 9 * MINUTE }
    await db.from('process_heartbeats').update(before)
    const missed = await runCommand('check:push')

    assert.equal(missed.code, 3)
    assert.equal(missed.stdout[0], 'degraded: send:webhooks has not been at work for 3 min')
    assert.match(missed.stdout.join('\n'), /^send:webhooks +died 3 min ago/m)
  }).tags(['@postgres'])

  test('checks every so often until it is stopped', async ({ test: running, assert }) => {
    const watcher = new RunningProcess(running, [...ACE, 'check:push', '--every=1s'], {
      LOG_LEVEL: 'info',
    })
    await until(async () => {
      const checks = await PushHealthCheck.all()
      return checks.length >= 2
    })
    await storeJobs(1, 'failed', Date.now() - 30 * MINUTE)
    await watcher.prints(/pushing is critical: 0 % of 1 pushes arrived/)

    watcher.kill('SIGTERM')

    assert.equal(await watcher.ended, 0)
    const beat = await ProcessHeartbeat.findByOrFail('kind', 'check:push')
    assert.isNotNull(beat.endedAt)
  }).tags(['@sqlite'])
})
