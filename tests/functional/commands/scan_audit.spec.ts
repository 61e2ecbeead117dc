import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import scannerConfig from '#config/scanner'
import { hashOf } from '#tests/support/chain/bloom_of'
import { allOf, blind, withoutReceipts } from '#tests/support/chain/lies'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { runCommand } from '#tests/support/console'
import { setWhile } from '#tests/support/settings'
import { scannerOf } from '#tests/support/scanner'

test.group('node ace scan:audit', (group) => {
  group.each.setup(() => emptyDatabase())

  test('its exit code tells what holds, what was repaired, what could not be checked and what would be too much', async (ctx) => {
    const chain = new TestChain(8)
    chain.mine(250)
    const server = await RpcServer.start(chain)
    ctx.cleanup(() => server.close())
    await scannerOf([server.url]).once()
    const truth = placesOf(chain.logsTo(248))

    setWhile(ctx.test, scannerConfig, { endpoints: [server.url] })
    const audit = async (...flags: string[]) => {
      const { code, stdout, stderr } = await runCommand('scan:audit', '--hours=1', ...flags)
      const out = stdout.join('\n')
      return { code, out, all: `${out}\n${stderr}` }
    }

    const holding = await audit()
    ctx.assert.equal(holding.code, 0, holding.all)
    ctx.assert.include(holding.out, 'It holds.')

    const lost = await db.from('launch_events').orderBy('id').firstOrFail()
    await db.from('launch_events').where('id', lost.id).delete()
    const repaired = await audit()
    ctx.assert.equal(repaired.code, 4, repaired.all)
    ctx.assert.include(repaired.out, '1 missing, 0 phantom, 0 altered, 1 repaired')
    ctx.assert.deepEqual(await storedPlaces(), truth)

    server.fault = allOf(blind, withoutReceipts)
    const unchecked = await audit()
    ctx.assert.equal(unchecked.code, 3, unchecked.all)
    ctx.assert.match(unchecked.out, /could not be checked: \d+ blocks/)
    ctx.assert.deepEqual(await storedPlaces(), truth)

    server.fault = () => undefined
    await db.from('launch_events').update({ block_hash: hashOf('phantom') })
    const before = await storedPlaces()
    const stopped = await audit('--json')
    ctx.assert.equal(stopped.code, 5, stopped.all)
    ctx.assert.containsSubset(JSON.parse(stopped.out).data, {
      holds: false,
      stopped: true,
      repaired: 0,
    })
    ctx.assert.deepEqual(await storedPlaces(), before)

    const refused = await audit('--limit=101')
    ctx.assert.equal(refused.code, 1, refused.all)
    ctx.assert.include(refused.all, '--limit is a share in percent')
  })
})
