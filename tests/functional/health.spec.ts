import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { whyNotReady } from '#health/readiness'
import { emptyDatabase } from '#tests/support/database'
import { storeCursor } from '#tests/support/push_health'

test.group('Health', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a process with a migrated database is ready, and says no more than how work goes on', async ({
    client,
  }) => {
    const response = await client.get('/health/ready')

    response.assertStatus(200)
    response.assertBody({ status: 'ready', work: 'ok' })
  })

  test('a process whose scanner has stopped is ready to answer, and says how bad that is', async ({
    client,
    assert,
  }) => {
    await storeCursor(Date.now() - 3 * 60_000)

    // What was seen within the last second is answered again.
    for (let work = 'ok'; work === 'ok';) {
      const response = await client.get('/health/ready')
      response.assertStatus(200)
      work = response.body().work
      assert.include(['ok', 'degraded'], work)
    }
  })

  test('a database that lacks a migration is not ready', async ({ assert, cleanup }) => {
    const newest = await db.from('adonis_schema').orderBy('id', 'desc').firstOrFail()
    await db.from('adonis_schema').where('id', newest.id).delete()
    cleanup(async () => void (await db.table('adonis_schema').insert(newest)))

    assert.equal(await whyNotReady(), '1 migrations have not run')
  })
})
