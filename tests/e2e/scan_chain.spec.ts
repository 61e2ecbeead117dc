import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { faultyProvider } from '#tests/support/chain/faults'
import { DEEPEST_REORG } from '#tests/support/chain/life'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { until } from '#tests/support/delivery'
import { RunningProcess } from '#tests/support/processes'
import { ACE } from '#tests/support/programs'

/** Set KILL_ROUNDS for more. */
const KILL_ROUNDS = Number(process.env.KILL_ROUNDS ?? 2)

test.group('node ace scan:chain', (group) => {
  group.each.timeout(600_000 + KILL_ROUNDS * 30_000)
  group.each.setup(() => emptyDatabase())

  async function serve(ctx: TestContext) {
    const chain = new TestChain(8)
    chain.mine(150)
    const server = await RpcServer.start(chain)
    ctx.test.cleanup(() => server.close())
    return { chain, server }
  }

  function scan({ test: self }: TestContext, { url }: { url: string }, ...flags: string[]) {
    return new RunningProcess(self, [...ACE, 'scan:chain', ...flags], {
      BSC_RPC_URL: url,
      SCAN_CONFIRM: 'latest',
      COLLECTOR_FROM_BLOCK: '1',
      COLLECTOR_BATCH_SIZE: '10',
      COLLECTOR_INTERVAL_MS: '50',
      // The chain of the tests is years old.
      RETAIN_TRADES: '36500d',
      // On a chain so short, one deep reorg is most of it.
      SCAN_RETRACT_LIMIT: '100',
      LOG_LEVEL: 'info',
    })
  }

  /** Resolves when what is stored is exactly what the chain holds. */
  function allStored(chain: TestChain) {
    const truth = placesOf(chain.logsTo(chain.head.number))
    return until(async () => {
      const stored = await storedPlaces()
      return stored.join() === truth.join()
    })
  }

  test(`killed at any moment, through reorgs of every depth and stops of any length, it has no phantom before any audit (${KILL_ROUNDS} rounds)`, async (ctx) => {
    const { chain, server } = await serve(ctx)
    const { random } = chain
    const heal = () => Object.assign(server, { before: async () => {}, fault: () => undefined })
    /** In 32 rounds of two reorgs, every depth has its turn. */
    const depthOf = (reorg: number) => 1 + ((reorg * 27 + 63) % DEEPEST_REORG)

    for (let round = 0; round < KILL_ROUNDS; round++) {
      const scanner = scan(ctx, server)
      // Every other one is killed while it still reads what came while there was none.
      if (round % 2 === 1) await allStored(chain)
      chain.reorg(depthOf(2 * round))
      server.fault = faultyProvider(random, 0.05)
      const lastCall = server.calls.length + random.between(1, 60)
      server.before = async () => {
        if (random.chance(0.2)) chain.mine()
        if (server.calls.length === lastCall) void scanner.killAfter(random.between(0, 15))
      }
      ctx.assert.equal(await scanner.ended, 'SIGKILL', scanner.output)
      heal()
      chain.mine(random.between(0, 2 * DEEPEST_REORG))
      chain.reorg(depthOf(2 * round + 1))
    }

    const last = scan(ctx, server)
    await allStored(chain)
    last.kill('SIGTERM')
    ctx.assert.equal(await last.ended, 0, last.output)
  })

  test('with --once it ends when it has read, over a WebSocket too', async (ctx) => {
    const { chain, server } = await serve(ctx)
    const once = scan(ctx, { url: server.pushUrl }, '--once')

    ctx.assert.equal(await once.ended, 0, once.output)
    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(chain.head.number)))
  }).tags(['@sqlite'])

  test('of two, the one that stands by takes over when the other is killed', async (ctx) => {
    const { chain, server } = await serve(ctx)
    const first = scan(ctx, server)
    await first.prints(/following chain 56/)
    const second = scan(ctx, server)
    await second.prints(/standing by/)
    await allStored(chain)

    first.kill('SIGKILL')
    chain.mine(5)
    await allStored(chain)

    second.kill('SIGTERM')
    ctx.assert.equal(await second.ended, 0, second.output)
  }).tags(['@postgres'])
})
