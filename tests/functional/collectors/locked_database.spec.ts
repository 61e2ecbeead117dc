import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Database from 'better-sqlite3'
import { outlastFaults } from '#foundation/db/outlast_faults'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import env from '#start/env'
import { DirectEndpoint } from '#tests/support/chain/direct_endpoint'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { until } from '#tests/support/delivery'
import { loggedLines } from '#tests/support/logged_lines'
import { readToTheEnd, scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

/** Another connection that holds the write lock of SQLite for longer than a statement waits for it. */
function lockOut(cleanup: (release: () => void) => void) {
  const other = new Database(env.get('DATABASE_PATH'))
  cleanup(() => other.close())
  return {
    lock: () => other.exec('begin immediate'),
    release: () => other.exec('rollback'),
    isHeld: () => other.inTransaction,
  }
}

const patience = (ms: number) => db.rawQuery(`pragma busy_timeout = ${ms}`)

test.group('A database that another process has locked', (group) => {
  group.tap((each) => each.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('is waited for by the scanner, however long it takes, and nothing is lost or doubled', async ({
    assert,
    cleanup,
  }) => {
    const chain = new TestChain(4)
    chain.mine(120)
    const other = lockOut(cleanup)
    const endpoint = new DirectEndpoint('endpoint', chain)
    let calls = 0
    endpoint.before = () => {
      if (++calls === 60) other.lock()
    }
    await patience(5)
    cleanup(() => patience(5_000))

    let waits = 0
    const clock = new SettableClock(chain.head.timestamp * 1000)
    clock.sleep = async () => {
      if (other.isHeld() && ++waits === 3) other.release()
    }
    const { logger, lines } = loggedLines()
    const endpoints = new EndpointPool([endpoint], 56, clock)
    const scanner = scannerOf([], { endpoints, clock, logger })

    const stop = new AbortController()
    await outlastFaults(() => readToTheEnd(scanner), { clock, logger }, stop.signal)

    assert.equal(waits, 3)
    assert.lengthOf(
      lines.filter((line) => line.includes('database is locked')),
      3
    )
    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(chain.finalized.number)))
  })
})

/** Another session that holds a table of PostgreSQL, and sees who waits for it. */
async function lockTable(table: string) {
  const other = await db.transaction()
  await other.rawQuery(`lock table ${table} in exclusive mode`)
  const waiting = async (): Promise<number[]> => {
    const { rows } = await db.rawQuery('select pid from pg_locks where not granted')
    return rows.map(({ pid }: { pid: number }) => pid)
  }
  return { waiting, release: () => other.rollback() }
}

test.group('A table that another session of PostgreSQL has locked', (group) => {
  group.tap((each) => each.tags(['@postgres']))
  group.each.setup(() => emptyDatabase())

  test('is waited for by the scanner, also after its statement was cancelled, and nothing is lost', async ({
    assert,
    cleanup,
  }) => {
    const chain = new TestChain(4)
    chain.mine(120)
    const clock = new SettableClock(chain.head.timestamp * 1000)
    const { logger, lines } = loggedLines()
    const endpoints = new EndpointPool([new DirectEndpoint('endpoint', chain)], 56, clock)
    const scanner = scannerOf([], { endpoints, clock, logger })
    const other = await lockTable('trades')
    cleanup(() => other.release())

    const reading = outlastFaults(
      () => readToTheEnd(scanner),
      { clock, logger },
      new AbortController().signal
    )
    const isMet = async () => {
      const waiting = await other.waiting()
      return waiting.length > 0
    }
    await until(isMet)
    const [pid] = await other.waiting()
    await db.rawQuery('select pg_cancel_backend(?)', [pid])
    await until(async () => lines.some((line) => line.includes('trying again')))
    await until(isMet)
    assert.isEmpty(await storedPlaces())
    await other.release()
    await reading

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(chain.finalized.number)))
  })
})
