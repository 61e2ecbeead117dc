import { test } from '@japa/runner'
import { areSessionsShared } from '#foundation/db/shared_sessions'
import env from '#start/env'
import { emptyDatabase } from '#tests/support/database'
import { isInstalled, startPgbouncer } from '#tests/support/debian_servers'
import { storeEndpoint, until } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { isOnPostgres } from '#tests/support/postgres_proxy'
import { startReceiver } from '#tests/support/receiver'
import { SenderProcess } from '#tests/support/sender_process'

const POLLED = 'commits are not heard of but polled for: DATABASE_URL leads to a pooler'

if (isOnPostgres && !isInstalled('pgbouncer')) {
  process.stdout.write('\nPostgreSQL is not tried behind pgbouncer: it needs pgbouncer\n')
} else if (isOnPostgres) {
  test.group('PostgreSQL behind pgbouncer', (group) => {
    group.each.setup(() => emptyDatabase())

    test('a pooler in transaction mode is found out, one in session mode and none are not', async ({
      assert,
    }) => {
      const [transactions, sessions] = await Promise.all([
        startPgbouncer('transaction'),
        startPgbouncer('session'),
      ])

      assert.isTrue(await areSessionsShared(transactions.url))
      assert.isFalse(await areSessionsShared(sessions.url))
      assert.isFalse(await areSessionsShared(env.get('DATABASE_URL')!))
    })

    test('in transaction mode {condition} events are sent all the same')
      .with([
        {
          condition: 'without a way past it commits are polled for, one line says so, and',
          way: '',
        },
        {
          condition: 'with a way past it commits are heard of, and',
          way: env.get('DATABASE_URL')!,
        },
      ])
      .run(async ({ assert }, { way }) => {
        const pooler = await startPgbouncer('transaction')
        const receiver = await startReceiver()
        await storeEndpoint(receiver.url)
        const sender = new SenderProcess({ DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: way })
        // The first is found when the sender starts, the others while it waits.
        await storeLaunch()
        await receiver.received(1)
        for (let count = 0; count < 5; count++) await storeLaunch()
        await receiver.received(6)

        if (way === '') await until(async () => sender.log.includes(POLLED))
        assert.equal(sender.log.split(POLLED).length - 1, way === '' ? 1 : 0)
        assert.equal(await sender.kill('SIGTERM'), 0)
      })
  })
}
