import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { isDatabaseAway, explainUnusableDatabase } from '#foundation/db/explain_database'
import { postgresConnection } from '#foundation/db/postgres_session'
import { OperatorError } from '#foundation/errors'
import { quietLog } from '#tests/support/quiet_log'

test.group('A PostgreSQL that nothing answers for', () => {
  test('is away for now, and is explained without its host and password', async ({
    assert,
    cleanup,
  }) => {
    quietLog()
    const connection = postgresConnection('postgres://regou:secret@localhost:9/regou')
    db.manager.add('nowhere', { client: 'pg', connection })
    cleanup(() => db.manager.release('nowhere'))

    const error = await db
      .connection('nowhere')
      .rawQuery('select 1')
      .then(
        () => null,
        (thrown: Error) => thrown
      )
    const explained = explainUnusableDatabase(error)

    assert.isTrue(isDatabaseAway(error))
    assert.instanceOf(explained, OperatorError)
    assert.include((explained as Error).message, 'ECONNREFUSED')
    assert.notMatch(`${error!.message} ${(explained as Error).message}`, /secret|localhost/)
  })
})
