import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { leaseOwner } from '#foundation/db/lease_owner'
import { LEASE_MS } from '#foundation/db/lease'
import ScanCursor from '#models/scan_cursor'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

test.group('Several scanners on one database', (group) => {
  group.each.setup(() => emptyDatabase())

  async function serve(blocks: number) {
    const chain = new TestChain(3)
    chain.mine(blocks)
    return { chain, server: await RpcServer.start(chain) }
  }

  test('one works, the others are told so', async ({ assert, cleanup }) => {
    const { chain, server } = await serve(40)
    cleanup(() => server.close())
    const clock = new SettableClock()
    const holdAnswers = Promise.withResolvers<void>()
    const called = Promise.withResolvers<void>()
    server.before = () => {
      called.resolve()
      return holdAnswers.promise
    }

    const working = scannerOf([server.url], { clock }).once()
    await called.promise
    await assert.rejects(
      () => scannerOf([server.url], { clock }).once(),
      /at work on this database/
    )
    holdAnswers.resolve()
    await working

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(38)))
  })

  test('the late write of one that was only slow is refused, and nothing of it is stored', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server } = await serve(40)
    cleanup(() => server.close())
    const clock = new SettableClock()
    const wakeUp = Promise.withResolvers<void>()
    const asleep = Promise.withResolvers<void>()
    server.before = async ({ method }) => {
      if (method === 'eth_getLogs') {
        asleep.resolve()
        await wakeUp.promise
      }
    }

    const zombie = scannerOf([server.url], { clock }).once()
    await asleep.promise

    clock.pass(LEASE_MS + 1)
    const other = await RpcServer.start(chain)
    cleanup(() => other.close())
    await scannerOf([other.url], { clock }).once()
    wakeUp.resolve()

    await assert.rejects(() => zombie, /went to another process/)
    const cursor = await ScanCursor.findOrFail('chain:56')
    assert.equal(cursor.blockNumber, 38)
    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(38)))
  })

  test('a standby takes over when the lease has run out, not before', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server } = await serve(40)
    cleanup(() => server.close())
    const clock = new SettableClock()
    server.fault = () => 'reset'
    const dying = scannerOf([server.url], { clock })
    await assert.rejects(() => dying.once())
    server.fault = () => undefined

    // It released its lease on the way out; one that is killed cannot.
    const killed = scannerOf([server.url], { clock })
    await killed.takeLease()

    clock.pass(LEASE_MS - 1)
    await assert.rejects(() => scannerOf([server.url], { clock }).once(), /at work/)
    clock.pass(2)
    await scannerOf([server.url], { clock }).once()
    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(38)))
  })

  test('a standby takes over at once from a process of this machine that has ended', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server } = await serve(40)
    cleanup(() => server.close())
    const clock = new SettableClock()
    const child = spawn('sleep', ['60'])
    cleanup(() => void child.kill('SIGKILL'))
    await scannerOf([server.url], { clock }).takeLease()
    const owner = leaseOwner().replace(/\/\d+\//, `/${child.pid}/`)
    await db.from('scan_leases').update({ owner })
    await assert.rejects(() => scannerOf([server.url], { clock }).once(), /at work/)

    child.kill('SIGKILL')
    await once(child, 'exit')
    await scannerOf([server.url], { clock }).once()
    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(38)))
  })
})
