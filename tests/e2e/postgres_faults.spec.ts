import db from '@adonisjs/lucid/services/db'
import { getActiveTest, test } from '@japa/runner'
import { PostgresCommitWatcher } from '#foundation/db/postgres_commit_watcher'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, attempts, storeEndpoint, until } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { isOnPostgres, PostgresProxy } from '#tests/support/postgres_proxy'
import { quietLog } from '#tests/support/quiet_log'
import { RunningProcess } from '#tests/support/processes'
import { ACE } from '#tests/support/programs'
import { startReceiver } from '#tests/support/receiver'
import { refuseCommits } from '#tests/support/refused_commits'
import { SenderProcess } from '#tests/support/sender_process'

const EVENTS = 10
const SHORT_PROOF = { everyMs: 50, withinMs: 500 }

if (isOnPostgres) {
  test.group('A PostgreSQL that fails without a word', (group) => {
    group.each.setup(() => emptyDatabase())

    async function storeEvents() {
      for (let event = 0; event < EVENTS; event++) await storeLaunch()
    }

    test('when its connections fall silent, sending goes on over new ones and ends in order', async ({
      assert,
    }) => {
      const proxy = await PostgresProxy.start()
      const receiver = await startReceiver()
      await storeEndpoint(receiver.url)
      const sender = new SenderProcess({
        DATABASE_URL: proxy.url,
        DATABASE_STATEMENT_TIMEOUT: '2s',
      })
      await storeEvents()
      await receiver.received(EVENTS)
      await allJobsDone()

      assert.isAbove(proxy.silence(), 0)
      await storeEvents()
      await receiver.received(2 * EVENTS)
      await allJobsDone()

      assert.match(sender.log, /The database did not answer within 2 s/)
      assert.equal(await sender.kill('SIGTERM'), 0)
      assert.lengthOf(await attempts(), 2 * EVENTS)
    })

    test('a sender whose connections are silent ends in order as well', async ({ assert }) => {
      const proxy = await PostgresProxy.start()
      const receiver = await startReceiver()
      await storeEndpoint(receiver.url)
      const sender = new SenderProcess({
        DATABASE_URL: proxy.url,
        DATABASE_STATEMENT_TIMEOUT: '2s',
      })
      await storeEvents()
      await receiver.received(EVENTS)
      await allJobsDone()

      proxy.silence()

      assert.equal(await sender.kill('SIGTERM'), 0)
    })

    test('a scanner outlasts refused commits and ended sessions, and misses nothing', async (ctx) => {
      const chain = new TestChain(8)
      chain.mine(150)
      const server = await RpcServer.start(chain)
      ctx.cleanup(() => server.close())
      const proxy = await PostgresProxy.start()
      const allow = await refuseCommits('trades', 'new.block_number between 10 and 20')

      const scanner = new RunningProcess(ctx.test, [...ACE, 'scan:chain'], {
        BSC_RPC_URL: server.url,
        DATABASE_URL: proxy.url,
        COLLECTOR_FROM_BLOCK: '1',
        COLLECTOR_BATCH_SIZE: '10',
        COLLECTOR_INTERVAL_MS: '50',
        LOG_LEVEL: 'info',
      })
      await scanner.prints(/refused at COMMIT; trying again/)
      proxy.cut()
      await proxy.restore()
      await allow()
      chain.mine(100)
      const truth = placesOf(chain.logsTo(chain.head.number - 2))
      await until(async () => {
        const stored = await storedPlaces()
        return stored.join() === truth.join()
      })

      scanner.kill('SIGTERM')
      ctx.assert.equal(await scanner.ended, 0, scanner.output)
    })

    test('sessions that have become read-only are left, and the next statement succeeds', async ({
      assert,
    }) => {
      quietLog()
      const write = () => db.table('source_polls').insert({ name: 'a', from_time: 0 })
      await Promise.all(
        Array.from({ length: 3 }, () =>
          db.rawQuery('set session characteristics as transaction read only; select pg_sleep(0.1)')
        )
      )

      await assert.rejects(write, /read-only transaction/)
      await write()

      assert.lengthOf(await db.from('source_polls'), 1)
    })

    test('whoever listens for commits notices that it hears nothing, and listens anew', async ({
      assert,
    }) => {
      const proxy = await PostgresProxy.start()
      const lost: string[] = []
      const watcher = await PostgresCommitWatcher.open(
        proxy.url,
        (reason) => lost.push(reason),
        SHORT_PROOF
      )
      getActiveTest()?.cleanup(() => watcher.close())

      proxy.silence()
      await until(async () => lost.length > 0)
      await until(async () => {
        await storeLaunch()
        return watcher.wait(100)
      })

      assert.match(lost[0]!, /no answer/)
    })
  })
}
