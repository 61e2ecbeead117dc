import { test } from '@japa/runner'
import { OperatorError } from '#foundation/errors'
import { requireUsable } from '#foundation/db/database_settings'

test.group('Settings of the database', (group) => {
  group.each.setup(() => {
    const { PGHOST } = process.env
    delete process.env.PGHOST
    return () => {
      if (PGHOST !== undefined) process.env.PGHOST = PGHOST
    }
  })

  test('PostgreSQL without a DATABASE_URL is refused by that name', async ({ assert }) => {
    await assert.rejects(() => requireUsable(undefined), OperatorError, /needs DATABASE_URL/)
  })

  test('a server that PGHOST names needs no DATABASE_URL', async ({ assert }) => {
    process.env.PGHOST = '127.0.0.1'
    await assert.doesNotReject(() => requireUsable(undefined))
    delete process.env.PGHOST
  })
})
