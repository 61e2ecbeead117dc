import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Database from 'better-sqlite3'
import { backupsIn } from '#backups/backup_files'
import { makeBackup } from '#backups/make_backup'
import { restoreBackup } from '#backups/restore_backup'
import { runningProcesses } from '#backups/running_processes'
import { readPushHealth } from '#health/report'
import env from '#start/env'
import ProcessHeartbeat from '#models/process_heartbeat'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch } from '#tests/support/facts'
import { HEALTH_SETTINGS } from '#tests/support/push_health'
import { SettableClock } from '#tests/support/settable_clock'

const HOUR_MS = 3_600_000

test.group('Backups of SQLite', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  let folder: string
  let path: string
  const clock = new SettableClock()
  const source = { path: env.get('DATABASE_PATH') }

  group.each.setup(async () => {
    await emptyDatabase()
    folder = await mkdtemp(join(tmpdir(), 'regou-backups-'))
    path = join(folder, 'app.sqlite')
    return () => rm(folder, { recursive: true })
  })

  const back = (options: { keep?: number; secret?: string } = {}) =>
    makeBackup({ source, folder, keep: 7, ...options }, clock)
  const known = async () => {
    const rows: { name: string }[] = await db.from('adonis_schema').select('name')
    return rows.map(({ name }) => name)
  }
  const restore = async (file: string, secret?: string) =>
    restoreBackup(file, { source: { path }, secret, known: await known() })
  const launchesIn = (file: string) => {
    const database = new Database(file, { readonly: true })
    try {
      return database.prepare('select count(*) from launch_events').pluck().get()
    } finally {
      database.close()
    }
  }

  test('hold what was committed when they were made, and come back as they are', async ({
    assert,
  }) => {
    await storeLaunch()
    const { backup } = await back()
    await storeLaunch()
    await restore(backup.path)

    assert.equal(launchesIn(path), 1)
    assert.deepEqual(await backupsIn(folder), [backup])
  })

  test('are a finding where the newest is too old, and where there never was one, none is', async ({
    assert,
  }) => {
    const settings = { ...HEALTH_SETTINGS, backups: { folder, oldestMs: 26 * HOUR_MS } }
    const findings = async () => {
      const { findings: all } = await readPushHealth(HOUR_MS, clock.now(), settings)
      return all.map(({ message }) => message)
    }
    assert.isEmpty(await findings())

    await back()
    clock.pass(26 * HOUR_MS)
    assert.isEmpty(await findings())
    clock.pass(4 * HOUR_MS)
    assert.deepEqual(await findings(), [
      'the newest backup was made 30 h ago: node ace backup, or raise BACKUP_MAX_AGE',
    ])
  })

  test('that are sealed hold no word of it, and open with their secret alone', async ({
    assert,
  }) => {
    await storeLaunch({ name: 'a name that can be found' })
    const { backup } = await back({ secret: 'a long random secret' })
    const content = await readFile(backup.path)
    assert.isFalse(content.includes('a name that can be found'))

    await assert.rejects(() => restore(backup.path), /is sealed: set the BACKUP_SECRET/)
    await assert.rejects(() => restore(backup.path, 'another'), /another BACKUP_SECRET/)
    content[content.length - 100]! ^= 1
    await writeFile(backup.path, content)
    await assert.rejects(() => restore(backup.path, 'a long random secret'), /was damaged/)
    content[content.length - 100]! ^= 1
    await writeFile(backup.path, content)
    await restore(backup.path, 'a long random secret')
    assert.equal(launchesIn(path), 1)
  })

  test('are kept as many as were wanted, the newest ones', async ({ assert }) => {
    const made: string[] = []
    for (let count = 0; count < 4; count++) {
      const { backup } = await back({ keep: 2 })
      made.push(backup.path)
      clock.pass(HOUR_MS)
    }
    const left = await backupsIn(folder)
    assert.deepEqual(
      left.map((backup) => backup.path),
      [made[3], made[2]]
    )
  })

  test('leave nothing behind when they cannot be made, and take nothing away', async ({
    assert,
  }) => {
    const { backup } = await back({ keep: 1 })
    clock.pass(HOUR_MS)
    const nowhere = { source: { path: join(folder, 'nowhere.sqlite') }, folder, keep: 1 }
    await assert.rejects(() => makeBackup(nowhere, clock))

    assert.deepEqual(await readdir(folder), [backup.path.slice(folder.length + 1)])
  })

  test('keep the database that they replace, with the newest commits of its log', async ({
    assert,
  }) => {
    const { backup } = await back()
    await storeLaunch()
    for (const part of ['', '-wal']) await copyFile(source.path + part, path + part)
    const { kept } = await restore(backup.path)

    assert.equal(launchesIn(path), 0)
    assert.equal(launchesIn(kept!), 1)
  })

  test('are refused with the reason when they are not fit, and nothing is changed', async ({
    assert,
  }) => {
    const { backup } = await back()
    await copyFile(backup.path, path)
    const as = async (name: string, content?: Buffer | string) => {
      const file = join(folder, name)
      await (content === undefined ? copyFile(backup.path, file) : writeFile(file, content))
      return file
    }
    const damaged = await as('regou-20260101T000000Z.sqlite', 'not a database at all')
    const foreign = await as('regou-20260102T000000Z.sqlite', '')
    const misnamed = await as('backup.sqlite')
    const dump = await as('regou-20260103T000000Z.pgdump')

    await assert.rejects(() => restore(damaged), /is damaged, or no database/)
    await assert.rejects(() => restore(foreign), /is no database of Regou/)
    await assert.rejects(() => restore(misnamed), /does not have the name of a backup/)
    await assert.rejects(() => restore(dump), /is a backup of PostgreSQL/)
    await assert.rejects(() => restore(join(folder, 'regou-1.sqlite')), /There is no file/)
    const older = { source: { path }, known: ['database/migrations/0001_of_a_former_version'] }
    await assert.rejects(() => restoreBackup(backup.path, older), /made by a newer version/)
    assert.equal(launchesIn(path), 0)
    const left = await readdir(folder)
    assert.deepEqual(
      left.filter((name) => /restoring|before/.test(name)),
      []
    )
  })

  test('are not restored while a process is at work', async ({ assert }) => {
    const now = clock.now()
    const beat = { host: 'here', pid: 1, version: '0', startedAt: now, beatAt: now, endedAt: null }
    await ProcessHeartbeat.create({ ...beat, kind: 'scan:chain', endpointMarks: [] })
    await ProcessHeartbeat.create({ ...beat, kind: 'web', endedAt: now, endpointMarks: [] })

    assert.deepEqual(await runningProcesses(now + 1000), ['scan:chain'])
    assert.deepEqual(await runningProcesses(now + HOUR_MS), [])
  })
})
