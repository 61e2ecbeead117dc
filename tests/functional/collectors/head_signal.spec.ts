import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { getActiveTest, test } from '@japa/runner'
import { systemClock, type Clock } from '#foundation/clock'
import { watchCommits } from '#foundation/db/watch_commits'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import ScanCursor from '#models/scan_cursor'
import { HeadSignal } from '#collectors/evm/head_signal'
import type { FollowEvmOptions } from '#collectors/evm/follow_evm_chain'
import { rawBlock } from '#tests/support/chain/answer_rpc'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { loggedLines } from '#tests/support/logged_lines'
import { scannerOf } from '#tests/support/scanner'

/** An interval that no test waits for. */
const NEVER_MS = 100_000_000

/** Time as it passes, in which sleeps of up to `longestMs` milliseconds are over soon. */
const restless = (longestMs: number): Clock => ({
  ...systemClock,
  sleep: (ms, signal) => systemClock.sleep(ms <= longestMs ? Math.min(ms, 50) : ms, signal),
})

test.group('Waking at new heads', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  /** A scanner at work on a chain of 20 blocks whose newest are announced over WebSocket. */
  async function follow(options: Partial<FollowEvmOptions> = {}) {
    const chain = new TestChain(5)
    chain.density = 1
    chain.mine(20)
    const server = await RpcServer.start(chain)
    const watcher = await watchCommits()
    const stop = new AbortController()
    const endpoints = new EndpointPool([server.pushUrl], 56, systemClock)
    const scanner = scannerOf([], { confirm: 'latest', endpoints, ...options })
    const running = scanner.run(stop.signal)

    getActiveTest()?.cleanup(async () => {
      stop.abort()
      await running
      endpoints.close()
      await server.close()
      await watcher.close()
    })

    const allStored = async () => {
      const truth = placesOf(chain.logsTo(chain.head.number))
      let stored = await storedPlaces()
      while (stored.length < truth.length) {
        await watcher.wait(1000)
        stored = await storedPlaces()
      }
      return stored.join() === truth.join()
    }
    return { chain, server, allStored }
  }

  test('a block that is announced is read at once, and its header is not asked for again', async ({
    assert,
  }) => {
    const { chain, server, allStored } = await follow({ intervalMs: NEVER_MS })
    await server.feed.subscribed(1)
    assert.isTrue(await allStored())
    const asked = server.countOf('eth_getBlockByNumber')

    for (let block = 0; block < 3; block++) {
      chain.mine()
      server.feed.announce(chain.head)
      assert.isTrue(await allStored())
    }
    assert.equal(server.countOf('eth_getBlockByNumber'), asked)
  })

  test('blocks that are not announced any more are found by asking', async ({ assert }) => {
    const { chain, server, allStored } = await follow({ intervalMs: 20 })
    await server.feed.subscribed(1)
    chain.mine()
    server.feed.announce(chain.head)
    assert.isTrue(await allStored())

    chain.mine(3)
    assert.isTrue(await allStored())
  })

  test('what is announced and cannot be a head moves nothing', async ({ assert }) => {
    const { logger } = loggedLines()
    const { chain, server, allStored } = await follow({ intervalMs: 20, logger })
    await server.feed.subscribed(1)
    assert.isTrue(await allStored())

    const block = rawBlock(chain.head)
    const numbers = ['abc', '0x', '0xffffffffffffffffffff', '0x1e8480', 7, null]
    const garbage = [null, {}, 'x', 7, { ...block, hash: null }, { ...block, timestamp: '0x' }]
    for (const each of [...garbage, ...numbers.map((number) => ({ ...block, number }))]) {
      server.feed.say(each)
      chain.mine()
      assert.isTrue(await allStored())
      const { blockNumber } = await ScanCursor.findOrFail('chain:56')
      assert.isAtMost(blockNumber, chain.head.number)
    }
  })

  test('a head that is announced again and again wakes once', async ({ assert, cleanup }) => {
    const chain = new TestChain(5)
    chain.mine(20)
    const server = await RpcServer.start(chain)
    const endpoints = new EndpointPool([server.pushUrl], 56, systemClock)
    const signal = new HeadSignal(endpoints, systemClock)
    const stop = new AbortController()
    const listening = signal.listen(stop.signal)
    cleanup(async () => {
      stop.abort()
      await listening
      endpoints.close()
      await server.close()
    })
    await server.feed.subscribed(1)
    server.feed.announce(chain.head)
    await signal.next(NEVER_MS, stop.signal)
    signal.takePushed()

    for (let again = 0; again < 30; again++) server.feed.announce(chain.head)
    chain.mine()
    server.feed.announce(chain.head)
    await signal.next(NEVER_MS, stop.signal)

    assert.equal(signal.takePushed()?.header.number, chain.head.number)
  })

  test('an endpoint of another chain is not subscribed to', async ({ assert, cleanup }) => {
    const chain = new TestChain(5)
    const server = await RpcServer.start(chain)
    server.chainId = 97
    const endpoints = new EndpointPool([server.pushUrl], 56, systemClock)
    const stop = new AbortController()
    const asked = Promise.withResolvers<void>()
    const clock = { ...systemClock, sleep: async () => asked.resolve() }
    const listening = new HeadSignal(endpoints, {
      ...clock,
      sleep: (ms, signal) => (ms === 1_000 ? clock.sleep() : systemClock.sleep(ms, signal)),
    }).listen(stop.signal)
    cleanup(() => server.close())

    await asked.promise
    stop.abort()
    await listening
    endpoints.close()
    assert.equal(server.countOf('eth_chainId') > 0, true)
    assert.equal(server.countOf('eth_subscribe'), 0)
    assert.equal(endpoints.marks()[0]?.reason, 'foreign_chain')
  })

  test('a subscription whose connection was cut is made anew', async ({ assert }) => {
    const clock = restless(5_000)
    const { chain, server, allStored } = await follow({ intervalMs: NEVER_MS, clock })
    await server.feed.subscribed(1)
    assert.isTrue(await allStored())

    server.feed.cut()
    await server.feed.subscribed(2)
    chain.mine()
    server.feed.announce(chain.head)
    assert.isTrue(await allStored())
  })

  test('a connection that never opens does not hold up the end', async ({ assert, cleanup }) => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
    const stop = new AbortController()
    const endpoints = new EndpointPool([url], 56, systemClock)
    const listening = new HeadSignal(endpoints, systemClock).listen(stop.signal)

    const [socket] = await once(server, 'connection')
    cleanup(() => {
      socket.destroy()
      server.close()
    })
    stop.abort()
    assert.isUndefined(await listening)
  })

  test('a subscription that has fallen silent is made anew', async ({ assert }) => {
    const clock = restless(60_000)
    const { chain, server, allStored } = await follow({ intervalMs: NEVER_MS, clock })
    await server.feed.subscribed(1)
    assert.isTrue(await allStored())

    chain.mine()
    let isStored = false
    const storing = allStored().then((answer) => (isStored = answer))
    for (let count = 2; !isStored; count++) {
      await server.feed.subscribed(count)
      server.feed.announce(chain.head)
    }
    assert.isTrue(await storing)
  })
})
