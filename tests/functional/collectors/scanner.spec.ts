import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import QuarantinedLog from '#models/quarantined_log'
import ScanCursor from '#models/scan_cursor'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { scannerOf } from '#tests/support/scanner'

test.group('Scanner', (group) => {
  group.each.setup(() => emptyDatabase())

  async function serve(blocks: number) {
    const chain = new TestChain(1)
    chain.mine(blocks)
    const server = await RpcServer.start(chain)
    return { chain, server }
  }

  test('stores every log up to the finalized block and nothing beyond it', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server } = await serve(300)
    cleanup(() => server.close())

    await scannerOf([server.url]).once()

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(298)))
    const cursor = await ScanCursor.findOrFail('chain:56')
    assert.equal(cursor.blockNumber, 298)
    assert.equal(cursor.blockHash, chain.blocks[298]!.hash)
  })

  test('goes on where another run stopped and stores nothing twice', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server } = await serve(100)
    cleanup(() => server.close())

    await scannerOf([server.url]).once()
    chain.mine(40)
    server.calls.length = 0
    await scannerOf([server.url]).once()

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(138)))
    assert.equal(server.countOf('eth_getBlockByNumber'), 40)
  })

  test('the first run starts at the head when no block is named', async ({ assert, cleanup }) => {
    const { chain, server } = await serve(100)
    cleanup(() => server.close())

    await scannerOf([server.url], { fromBlock: undefined }).once()

    assert.deepEqual(await storedPlaces(), placesOf(chain.blocks[98]!.logs))
  })

  test('refuses an endpoint of another chain before it writes anything', async ({
    assert,
    cleanup,
  }) => {
    const { server } = await serve(10)
    cleanup(() => server.close())
    server.chainId = 97

    await assert.rejects(
      () => scannerOf([server.url]).once(),
      /is an endpoint of chain 97, but CHAIN_ID is 56/
    )
    assert.isNull(await ScanCursor.first())
  })

  test('a log that cannot be decoded is quarantined and stops nothing', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server } = await serve(60)
    cleanup(() => server.close())
    const broken = chain.logsTo(50)[0]!
    broken.data = '0x1234'

    await scannerOf([server.url]).once()

    const [row, ...others] = await QuarantinedLog.all()
    assert.isEmpty(others)
    assert.include(row!.raw, '0x1234')
    assert.equal(row!.txHash, broken.transactionHash)
    assert.isNotEmpty(row!.detail)
    assert.lengthOf(await storedPlaces(), chain.logsTo(58).length - 1)
  })

  test('facts and the cursor that passed them are written together or not at all', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server } = await serve(60)
    cleanup(() => server.close())
    const giveBack = () => db.rawQuery('alter table trades_elsewhere rename to trades')

    await db.rawQuery('alter table trades rename to trades_elsewhere')
    cleanup(async () => {
      await giveBack().catch(() => {})
    })
    await assert.rejects(() => scannerOf([server.url]).once())
    await giveBack()

    const cursor = await ScanCursor.findOrFail('chain:56')
    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(cursor.blockNumber)))
    await scannerOf([server.url]).once()
    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(58)))
  })

  test('takes narrower steps when the endpoint says that a range is too wide', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server } = await serve(300)
    cleanup(() => server.close())
    server.fault = ({ method, params }) => {
      const { fromBlock, toBlock } = (params[0] ?? {}) as Record<string, string>
      const span = Number(toBlock) - Number(fromBlock) + 1
      if (method === 'eth_getLogs' && span > 20) {
        return { reply: { error: { code: -32000, message: 'exceed maximum block range: 20' } } }
      }
    }

    await scannerOf([server.url]).once()

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(298)))
  })

  test('asks the next endpoint when one fails', async ({ assert, cleanup }) => {
    const { chain, server } = await serve(100)
    const broken = await RpcServer.start(chain)
    cleanup(() => server.close())
    cleanup(() => broken.close())
    broken.fault = () => ({ status: 403, body: '<html>Access denied</html>' })

    await scannerOf([broken.url, server.url]).once()

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(98)))
  })
})
