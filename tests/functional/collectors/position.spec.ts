import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { systemClock } from '#foundation/clock'
import ScanCursor from '#models/scan_cursor'
import { Backfill } from '#collectors/evm/backfill'
import { sources } from '#sources/venues'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { loggedLines } from '#tests/support/logged_lines'
import { scannerOf } from '#tests/support/scanner'

test.group('The position of a scanner', (group) => {
  group.each.setup(() => emptyDatabase())

  async function serve(blocks: number) {
    const chain = new TestChain(6)
    chain.density = 1
    chain.mine(blocks)
    return { chain, server: await RpcServer.start(chain) }
  }

  /** Loses what was stored after `block`, as a commit that failed without a word does. */
  async function loseAfter(block: number, hash: string | null, name: string) {
    await db.from('launch_events').where('block_number', '>', block).delete()
    await db.from('trades').where('block_number', '>', block).delete()
    await db.from('scan_blocks').where('number', '>', block).delete()
    await db
      .from('scan_cursors')
      .where('name', name)
      .update({ block_number: block, block_hash: hash })
  }

  /** Runs `then` in the middle of the call of this method in which the count of calls is reached. */
  function during(server: RpcServer, count: number, then: () => Promise<void>) {
    server.before = async ({ method }) => {
      if (method === 'eth_getLogs' && server.countOf(method) === count) {
        await then()
      }
    }
  }

  for (const confirm of ['finalized', 'latest'] as const) {
    test(`where the position differs from the believed one, nothing is stored and it is read anew (${confirm})`, async ({
      assert,
      cleanup,
    }) => {
      const { chain, server } = await serve(60)
      cleanup(() => server.close())
      const { logger, lines } = loggedLines()
      during(server, 30, () => loseAfter(12, chain.blocks[12]!.hash, 'chain:56'))

      await scannerOf([server.url], { confirm, logger }).once()

      const end = confirm === 'finalized' ? chain.finalized : chain.head
      assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(end.number)))
      const { blockNumber } = await ScanCursor.findOrFail('chain:56')
      assert.equal(blockNumber, end.number)
      assert.lengthOf(lines, 1)
      assert.match(lines[0]!, /the position of "chain:56" is no longer block 29/)
    })
  }

  test('a position that differs far behind the head loses nothing either', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server } = await serve(300)
    cleanup(() => server.close())
    const { logger, lines } = loggedLines()
    during(server, 6, () => loseAfter(20, null, 'chain:56'))

    await scannerOf([server.url], { batchSize: 20, logger }).once()

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(298)))
    assert.lengthOf(lines, 1)
  }).tags(['@sqlite'])

  test('a position of the same number but another hash is another position', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server } = await serve(60)
    cleanup(() => server.close())
    const { logger, lines } = loggedLines()
    during(server, 30, async () => {
      await db.from('scan_cursors').update({ block_hash: null })
    })

    await scannerOf([server.url], { logger }).once()

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(58)))
    assert.lengthOf(lines, 1)
  })

  test('the position of a backfill, where it differs, is read anew and nothing is lost', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server } = await serve(200)
    cleanup(() => server.close())
    const { logger, lines } = loggedLines()
    const backfill = new Backfill({
      chainId: 56,
      endpoints: new EndpointPool([server.url], 56, systemClock),
      sources,
      from: 1,
      to: 150,
      batchSize: 10,
      isDryRun: false,
      clock: systemClock,
      logger,
    })
    during(server, 8, async () => {
      const { name } = await ScanCursor.query().whereLike('name', 'backfill:%').firstOrFail()
      await loseAfter(20, null, name)
    })

    for await (const { block } of backfill.run(new AbortController().signal)) {
      assert.isAtMost(block, 150)
    }

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(150)))
    assert.lengthOf(lines, 1)
  }).tags(['@sqlite'])
})
