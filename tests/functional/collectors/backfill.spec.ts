import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import db from '@adonisjs/lucid/services/db'
import scannerConfig from '#config/scanner'
import ScanCursor from '#models/scan_cursor'
import ScanGap from '#models/scan_gap'
import { recordGaps } from '#collectors/store/gaps'
import { writeTransaction } from '#foundation/db/transaction'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { commandJson, runCommand } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'

test.group('node ace scan:chain --from', (group) => {
  group.each.setup(() => emptyDatabase())

  /** A chain whose endpoint is the one of the settings. */
  async function serve({ cleanup }: TestContext, blocks: number) {
    const chain = new TestChain(5)
    chain.mine(blocks)
    const server = await RpcServer.start(chain)
    const { endpoints, fromBlock, retention } = scannerConfig
    Object.assign(scannerConfig, { endpoints: [server.url], fromBlock: 1, retention: {} })
    cleanup(async () => {
      Object.assign(scannerConfig, { endpoints, fromBlock, retention })
      await server.close()
    })
    const reads = () => server.calls.filter(({ method }) => method === 'eth_getLogs').length
    return { chain, server, reads }
  }

  /** Answers an error for logs of blocks below this one, so many times. */
  function prune(server: RpcServer, below: number, times: number) {
    let left = times
    server.fault = ({ method, params }) => {
      const { fromBlock } = (params[0] ?? {}) as Record<string, string>
      const isOld = method === 'eth_getLogs' && fromBlock && Number(fromBlock) < below
      return isOld && left-- > 0
        ? { reply: { error: { code: 4444, message: 'pruned history unavailable' } } }
        : undefined
    }
  }

  const empty = ({ method }: { method: string }) =>
    method === 'eth_getLogs' ? { reply: { result: [] } } : undefined

  test('given again, it says that it is done, and with --again it reads anew', async (ctx) => {
    const { chain, server, reads } = await serve(ctx, 120)
    server.fault = empty
    await runCommand('scan:chain', '--from=1', '--to=100')
    server.fault = () => undefined

    const before = reads()
    const second = await runCommand('scan:chain', '--from=1', '--to=100')
    ctx.assert.equal(second.code, 0)
    ctx.assert.include(second.stderr, 'All of these blocks were read before')
    ctx.assert.equal(reads(), before)

    const { wasDone, unreadable } = await commandJson(
      'scan:chain',
      '--from=1',
      '--to=100',
      '--again'
    )
    ctx.assert.deepEqual({ wasDone, unreadable }, { wasDone: false, unreadable: 0 })
    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(100)))
  })

  test('without --to it goes on where the chain has grown since', async (ctx) => {
    const { chain, server } = await serve(ctx, 120)
    await runCommand('scan:chain', '--from=1')
    chain.mine(50)
    server.calls.length = 0

    await runCommand('scan:chain', '--from=1')

    const starts = server.calls.flatMap(({ method, params }) =>
      method === 'eth_getLogs' ? Number((params[0] as { fromBlock: string }).fromBlock) : []
    )
    ctx.assert.equal(Math.min(...starts), 119)
    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(chain.finalized.number)))
  })

  test('its positions are told apart however long the names of its sources are', async (ctx) => {
    await serve(ctx, 120)
    const sources = ['--source=four', '--source=flap', '--source=pancake']
    for (const to of [50, 60]) {
      await runCommand('scan:chain', '--from=1', `--to=${to}`, ...sources)
    }
    const cursors = await ScanCursor.query().orderBy('blockNumber')
    ctx.assert.deepEqual(
      cursors.map(({ blockNumber }) => blockNumber),
      [50, 60]
    )
  })

  test('what could not be read is tried again at its end, and told when it stays', async (ctx) => {
    const { chain, server } = await serve(ctx, 120)
    prune(server, 41, Infinity)
    const cut = await runCommand('scan:chain', '--from=1', '--to=100')
    ctx.assert.equal(cut.code, 3)
    ctx.assert.match(cut.stderr, /40 blocks could not be read: 1-40 \(pruned: .+ unavailable\)/)

    prune(server, 41, 1)
    const whole = await runCommand('scan:chain', '--from=1', '--to=100', '--json')
    ctx.assert.equal(whole.code, 0)
    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(100)))
    const { launches, trades } = JSON.parse(whole.stdout.join()).data
    ctx.assert.equal(launches + trades, placesOf(chain.logsTo(40)).length)
  })

  test('--once tries and tells its gaps at its end as well', async (ctx) => {
    const { chain, server } = await serve(ctx, 200)
    prune(server, 41, Infinity)
    const cut = await runCommand('scan:chain', '--once')
    ctx.assert.equal(cut.code, 3)
    ctx.assert.include(cut.stderr, 'could not be read')

    server.fault = () => undefined
    await ScanGap.query().update({ nextTryAt: 0 })
    const whole = await runCommand('scan:chain', '--once')
    ctx.assert.equal(whole.code, 0)
    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(chain.finalized.number)))
  })

  test('--audit proves at its end that its blocks are stored, or says what was missing', async (ctx) => {
    const { server } = await serve(ctx, 120)
    const proven = await runCommand('scan:chain', '--from=1', '--to=100', '--audit')
    ctx.assert.equal(proven.code, 0)
    ctx.assert.include(proven.stdout, 'It holds.')

    await db.from('launch_events').delete()
    const { audit } = await commandJson('scan:chain', '--from=1', '--to=100', '--audit')
    ctx.assert.isFalse(audit.holds)
    ctx.assert.isAbove(audit.repaired, 0)

    prune(server, 101, Infinity)
    const unproven = await runCommand('scan:chain', '--from=1', '--to=100', '--audit')
    ctx.assert.equal(unproven.code, 3)
  })

  test('its flags are refused without --from, and a proof of a dry run is', async (ctx) => {
    await serve(ctx, 20)
    for (const flag of ['--again', '--audit', '--dry-run']) {
      const { code, stderr } = await runCommand('scan:chain', flag)
      ctx.assert.equal(code, 1)
      ctx.assert.include(stderr, 'belong to a backfill: add --from')
    }
    const both = await runCommand('scan:chain', '--from=1', '--dry-run', '--audit')
    ctx.assert.equal(both.code, 1)
  })

  test('a part of a block is refused: no reading would ever end there', async (ctx) => {
    await serve(ctx, 20)
    for (const range of [['--from=1.5'], ['--from=1', '--to=9.5']]) {
      const { code, stderr } = await runCommand('scan:chain', ...range)
      ctx.assert.equal(code, 1)
      ctx.assert.match(stderr, /\.5 is no block: --from and --to are whole numbers/)
    }
  })

  test('blocks that are found unreadable again are one gap, which counts how often', async ({
    assert,
  }) => {
    const find = (now: number) => {
      const gap = { from: 1, to: 10, reason: 'pruned', detail: `at ${now}` } as const
      return writeTransaction((trx) => recordGaps(trx, 56, [gap], now))
    }
    await find(1000)
    await ScanGap.query().update({ tries: 4, nextTryAt: 99_000 })
    await find(2000)
    const again = await ScanGap.firstOrFail()
    assert.containsSubset(again, {
      timesFound: 2,
      tries: 4,
      nextTryAt: 99_000,
      createdAt: 1000,
      detail: 'at 2000',
    })

    await again.merge({ closedAt: 3000 }).save()
    await find(4000)
    const reopened = await ScanGap.firstOrFail()
    assert.containsSubset(reopened, {
      timesFound: 3,
      tries: 0,
      nextTryAt: 64_000,
      createdAt: 4000,
      closedAt: null,
    })
  })
})
