import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { whyNotReady } from '#health/readiness'

test.group('Health', () => {
  test('a process with a migrated database is ready, and says no more than that', async ({
    client,
  }) => {
    const response = await client.get('/health/ready')

    response.assertStatus(200)
    response.assertBody({ status: 'ready' })
  })

  test('a database that lacks a migration is not ready', async ({ assert, cleanup }) => {
    const newest = await db.from('adonis_schema').orderBy('id', 'desc').firstOrFail()
    await db.from('adonis_schema').where('id', newest.id).delete()
    cleanup(async () => void (await db.table('adonis_schema').insert(newest)))

    assert.equal(await whyNotReady(), '1 migrations have not run')
  })
})
