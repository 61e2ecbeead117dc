import { test } from '@japa/runner'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { loggedLines } from '#tests/support/logged_lines'
import { scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

test.group('An endpoint that stands still', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('loses its turn within seconds, however quick it is, and gets it back', async ({
    assert,
    cleanup,
  }) => {
    const chain = new TestChain(8)
    chain.mine(60)
    const quick = await RpcServer.start(chain)
    const slow = await RpcServer.start(chain)
    cleanup(async () => {
      await Promise.all([quick.close(), slow.close()])
    })
    const clock = new SettableClock(Date.now())
    const endpoints = new EndpointPool([quick.url, slow.url], 56, clock)
    endpoints.endpoints[1]!.health.succeeded(500)
    const { lines, logger } = loggedLines()
    const scanner = scannerOf([], { endpoints, clock, logger })
    await scanner.once()

    const frozenAt = chain.head.number
    quick.lag = () => chain.head.number - frozenAt
    chain.mine(30)
    clock.pass(4_000)
    await scanner.once()

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(88)))
    assert.deepEqual(lines, [
      `${endpoints.endpoints[0]!.name} is at block 60, another one at 90: it is asked last for a while`,
    ])

    quick.lag = () => 0
    clock.pass(15_000)
    await scanner.once()
    assert.isEmpty(endpoints.marks())
  })
})
