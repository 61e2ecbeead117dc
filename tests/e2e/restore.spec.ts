import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Database from 'better-sqlite3'
import { makeBackup } from '#backups/make_backup'
import { restoreBackup } from '#backups/restore_backup'
import { systemClock } from '#foundation/clock'
import env from '#start/env'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import { SenderProcess } from '#tests/support/sender_process'

/** Launches before the backup, and after it. */
const [BEFORE, AFTER] = [5, 7]

test.group('A machine that was lost', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('comes back from its backup: what happened since is sent again, under the same ids', async ({
    assert,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'regou-restore-'))
    const source = { path: env.get('DATABASE_PATH') }
    const restored = join(folder, 'app.sqlite')
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, { createdAt: 0 })
    const sender = new SenderProcess()
    for (let count = 0; count < BEFORE; count++) await storeLaunch()
    await receiver.received(BEFORE)
    await allJobsDone()

    const { backup } = await makeBackup({ source, folder, keep: 1 }, systemClock)
    for (let count = 0; count < AFTER; count++) await storeLaunch()
    await receiver.received(BEFORE + AFTER)
    await sender.kill('SIGKILL')
    const known: { name: string }[] = await db.from('adonis_schema').select('name')
    const names = known.map(({ name }) => name)
    await restoreBackup(backup.path, { source: { path: restored }, known: names })
    readAgain(source.path, restored)
    const second = new SenderProcess({ DATABASE_PATH: restored })
    await receiver.received(BEFORE + 2 * AFTER)
    await second.kill('SIGTERM')

    assert.equal(receiver.ids.size, BEFORE + AFTER)
    assert.lengthOf(receiver.deliveries, BEFORE + 2 * AFTER)
    await rm(folder, { recursive: true })
  })
})

/** Stores what a scanner finds when it goes on from the cursor of the backup: the same launches. */
function readAgain(from: string, to: string) {
  const database = new Database(to)
  database.prepare('attach ? as lost').run(from)
  const all = database.prepare(`select name from pragma_table_info('launch_events')`).pluck().all()
  const own = ['id', 'planned_at', 'webhook_sent', 'webhook_outcome']
  const columns = (all as string[]).filter((name) => !own.includes(name)).join(', ')
  database.exec(
    `insert into launch_events (${columns})
     select ${columns} from lost.launch_events
     where id > (select max(id) from main.launch_events)`
  )
  database.close()
}
