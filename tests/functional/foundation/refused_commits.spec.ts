import { Logger } from '@adonisjs/core/logger'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { parseEther } from 'viem'
import ScanCursor from '#models/scan_cursor'
import { transaction, writeTransaction } from '#foundation/db/transaction'
import { ownCommits } from '#foundation/db/commits'
import { authorized } from '#tests/support/api_token'
import { amountsOf, startBilling } from '#tests/support/billing'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, attempts, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import { isOnPostgres } from '#tests/support/postgres_proxy'
import { quietLog } from '#tests/support/quiet_log'
import { refuseCommits } from '#tests/support/refused_commits'
import { readOnce, scannerOf } from '#tests/support/scanner'
import { someWallet } from '#tests/support/wallets'

const BLOCKS = 300

async function countOf(table: string) {
  const [row] = await db.from(table).count('* as n')
  return Number(row.n)
}

test.group('A COMMIT that the database refuses', (group) => {
  group.each.setup(() => emptyDatabase())

  test('is thrown, wakes no waiter, and leaves the connection free for the next statement', async ({
    assert,
    cleanup,
  }) => {
    let announced = 0
    const count = () => void announced++
    ownCommits.on('commit', count)
    cleanup(() => void ownCommits.off('commit', count))
    const allow = await refuseCommits('source_polls')
    const write = () =>
      writeTransaction(async (trx) => {
        await trx.table('source_polls').insert({ name: 'a', from_time: 0 })
      })

    await assert.rejects(write)
    assert.equal(announced, 0)
    assert.equal(await countOf('source_polls'), 0)
    await allow()
    await write()

    assert.equal(announced, 1)
    assert.equal(await countOf('source_polls'), 1)
  })

  test('for a conflict with another transaction repeats the whole of it, and wakes once: {$self}')
    .with(['40001', '40P01', 'SQLITE_BUSY_SNAPSHOT'])
    .run(async ({ assert, cleanup }, code) => {
      let announced = 0
      const count = () => void announced++
      ownCommits.on('commit', count)
      cleanup(() => void ownCommits.off('commit', count))

      let tries = 0
      const result = await writeTransaction(async (trx) => {
        await trx.table('source_polls').insert({ name: 'a', from_time: ++tries })
        if (tries < 3) throw Object.assign(new Error('conflict'), { code })
        return tries
      })

      assert.equal(result, 3)
      assert.equal(announced, 1)
      assert.deepEqual(await db.from('source_polls').select('name', 'from_time'), [
        { name: 'a', from_time: isOnPostgres ? '3' : 3 },
      ])
    })

  test('for a conflict that does not end is thrown after some tries', async ({ assert }) => {
    let tries = 0
    const endless = async () => {
      tries++
      throw Object.assign(new Error('conflict'), { code: '40001' })
    }
    await assert.rejects(() => writeTransaction(endless), 'conflict')
    assert.equal(tries, 6)
  })

  test('is thrown by a transaction that is committed by hand, as those of migrations are', async ({
    assert,
  }) => {
    const allow = await refuseCommits('source_polls')
    const trx = await db.transaction()
    await trx.table('source_polls').insert({ name: 'a', from_time: 0 })

    await assert.rejects(() => trx.commit())
    await allow()

    assert.equal(await countOf('source_polls'), 0)
  })

  test('after a statement that failed, what is told of the transaction is what was stored', async ({
    assert,
  }) => {
    // PostgreSQL answers ROLLBACK to the COMMIT of such a transaction, and no error; SQLite goes on.
    const work = transaction(async (trx) => {
      await trx.table('source_polls').insert({ name: 'a', from_time: 0 })
      await trx.rawQuery('select no_such_column from source_polls').catch(() => {})
    })
    const isTold = await work.then(
      () => true,
      () => false
    )

    assert.equal(isTold, (await countOf('source_polls')) === 1)
  })

  test('the scanner stays before the block whose facts were refused, and misses none of them', async ({
    assert,
    cleanup,
  }) => {
    const chain = new TestChain(1)
    chain.mine(BLOCKS)
    const server = await RpcServer.start(chain)
    cleanup(() => server.close())
    const allow = await refuseCommits('trades', 'new.block_number between 40 and 60')
    const scanner = scannerOf([server.url], { batchSize: 10 })

    await assert.rejects(() => readOnce(scanner))
    const { blockNumber } = await ScanCursor.findOrFail('chain:56')
    await allow()
    await readOnce(scanner)

    assert.isBelow(blockNumber, 60)
    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(BLOCKS - 2)))
  })

  test('an API write answers an error and stores nothing, and the next one works', async ({
    assert,
    client,
  }) => {
    quietLog()
    const headers = await authorized(['ocr:write', 'ocr:read'])
    const allow = await refuseCommits('ocr_wallet_info')
    const post = () => client.post('/api/v1/ocr/wallets').headers(headers).json(someWallet())

    const refused = await post()
    assert.isAtLeast(refused.status(), 500)
    assert.equal(await countOf('ocr_wallet_info'), 0)
    await allow()
    const accepted = await post()

    accepted.assertStatus(202)
    assert.equal(await countOf('ocr_wallet_info'), 1)
  })

  test('outcomes are kept until they are stored, and no event goes out twice', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url)
    for (let event = 0; event < 20; event++) await storeLaunch()
    const allow = await refuseCommits('delivery_attempts')

    startSender({}, { log: new Logger({ enabled: false }) })
    await receiver.received(20)
    assert.lengthOf(await attempts(), 0)
    await allow()
    await allJobsDone()

    assert.lengthOf(await jobs({ status: 'sent' }), 20)
    assert.lengthOf(await attempts(), 20)
    assert.lengthOf(receiver.deliveries, 20)
  })

  test('a payment is credited once its COMMIT succeeds, and only once', async ({
    assert,
    ...ctx
  }) => {
    const { chain, someUser, checkWhenFinal, watcher } = await startBilling(ctx.test)
    const { user, pays } = await someUser()
    await chain.pay(pays, parseEther('1'))
    const allow = await refuseCommits('payments')

    await assert.rejects(() => checkWhenFinal())
    assert.deepEqual(await amountsOf(user.id), [])
    assert.equal(await countOf('entitlements'), 0)
    await allow()
    await watcher.once()
    await watcher.once()

    assert.deepEqual(await amountsOf(user.id), [parseEther('1')])
  })
})
