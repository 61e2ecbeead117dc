import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import env from '#start/env'
import { refuseHalfMoved } from '#foundation/db/half_moved'
import type { DatabaseSide } from '#moves/database_side'
import { isEqual, moveDatabase, type MoveProgress } from '#moves/move_database'
import { PostgresSide } from '#moves/postgres_side'
import { SqliteSide } from '#moves/sqlite_side'
import { commandJson, runCommand } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'
import { rowsForAll } from '#tests/support/every_table'
import { dropTables, makeTables } from '#tests/support/migrated_database'
import { RunningProcess } from '#tests/support/processes'
import { SettableClock } from '#tests/support/settable_clock'

/** More than two batches. */
const MANY = 2500

test.group('Moving the database', (group) => {
  group.tap((one) => one.tags(['@postgres']))
  let sqlite: SqliteSide
  let postgres: PostgresSide
  const clock = new SettableClock()

  group.setup(async () => {
    await makeTables('sqlite')
    return () => dropTables('sqlite')
  })
  group.each.setup(async () => {
    await emptyDatabase()
    await emptyFile()
    sqlite = new SqliteSide(env.get('DATABASE_PATH'))
    postgres = await PostgresSide.open(env.get('DATABASE_URL')!)
    return async () => {
      await sqlite.close()
      await postgres.close()
      await emptyDatabase()
    }
  })

  /** Fills every table, one of them with more rows than are copied at once. */
  async function fill(side: DatabaseSide) {
    const tables = await side.tables()
    const before = { copiedRows: 0, position: null }
    await side.beginCopies(tables)
    const filled = await rowsForAll(tables, (table) => (table === 'trades' ? MANY : 4))
    const stored = new Set<string>()
    while (stored.size < filled.length) {
      for (const [table, rows] of filled) {
        if (stored.has(table.name) || !table.references.every((name) => stored.has(name))) continue
        await side.store(table, rows, before, before)
        stored.add(table.name)
      }
    }
    await side.setLastId(
      tables.find(({ name }) => name === 'trades')!,
      7000n
    )
    await db
      .connection(side === sqlite ? 'sqlite' : 'pg')
      .from('database_moves')
      .delete()
    return tables
  }

  const move = (from: DatabaseSide, to: DatabaseSide, onProgress?: (at: MoveProgress) => void) =>
    moveDatabase(from, to, { clock, onProgress })

  test('carries every row of every table to PostgreSQL and back, the same in every bit', async ({
    assert,
  }) => {
    const tables = await fill(sqlite)
    const there = await move(sqlite, postgres)
    assert.lengthOf(there, tables.length)
    assert.isTrue(there.every(isEqual))
    assert.isTrue(there.every(({ source }) => source.rows >= 4))

    await emptyFile()
    const back = await move(postgres, sqlite)
    assert.deepEqual(
      back.map(({ table, target }) => ({ table, ...target })),
      there.map(({ table, source }) => ({ table, ...source }))
    )
  })

  test('gives no number of a row again, also not that of one that is gone', async ({ assert }) => {
    await fill(sqlite)
    await move(sqlite, postgres)
    const { rows } = await db.rawQuery(`select nextval('trades_id_seq') as id`)
    assert.equal(rows[0].id, '7001')

    await db.connection('sqlite').rawQuery('delete from trades')
    const tables = await sqlite.tables()
    const trades = tables.find(({ name }) => name === 'trades')!
    await sqlite.setLastId(trades, 6000n)
    assert.equal(await sqlite.lastId(trades), 7000n)
  })

  test('killed in the middle, it goes on from there, and nothing works with the half of it', async ({
    assert,
    ...context
  }) => {
    await fill(sqlite)
    const lock = await db.transaction()
    await lock.rawQuery('lock table tron_blocks in share mode')
    const child = new RunningProcess(context.test, ['ace.js', 'move:database', 'pg'])
    await untilItWaits(lock)
    child.kill('SIGKILL')
    assert.equal(await child.ended, 'SIGKILL')
    await lock.rollback()

    await assert.rejects(() => refuseHalfMoved(), /A move to this database has not ended/)
    const copied = await postgres.copies()
    const done = [...copied.values()].reduce((sum, { copiedRows }) => sum + copiedRows, 0)
    assert.isAbove(done, MANY)

    const rows: number[] = []
    const report = await move(sqlite, postgres, ({ stage, done: at }) => {
      if (stage === 'copying') rows.push(at)
    })
    assert.isTrue(report.every(isEqual))
    assert.isAbove(rows[0]!, done)
    await refuseHalfMoved()
  })

  test('a row that is damaged afterwards is found and named, with the columns that differ', async ({
    assert,
  }) => {
    await fill(sqlite)
    await move(sqlite, postgres)
    await db.from('trades').where('id', 1234).update({ quote_amount: '0' })
    await db.from('scan_blocks').where('number', 1_767_225_600_124).delete()
    await db.table('source_polls').insert({ name: 'made up', from_time: 1 })

    const { code, stdout, stderr } = await runCommand('move:database', 'pg')
    assert.equal(code, 4)
    assert.include(stderr, 'trades: 2500 rows, and 2500 on PostgreSQL\n  1234: quote_amount')
    assert.match(
      stderr,
      /scan_blocks: 4 rows, and 3 on PostgreSQL\n {2}\d+, 1767225600124: missing/
    )
    assert.include(stderr, 'source_polls: 4 rows, and 5 on PostgreSQL\n  made up: extra')
    assert.lengthOf(
      stdout.filter((line) => line.endsWith('different')),
      3
    )
  })

  test('answers the sums of both to a program', async ({ assert }) => {
    const data = await commandJson('move:database', 'pg')
    const launches = data.find(({ table }: { table: string }) => table === 'launch_events')
    const none = { rows: 0, checksum: '0'.repeat(32) }
    assert.deepEqual(launches, {
      table: 'launch_events',
      source: none,
      target: none,
      differences: [],
    })
  })

  test('is refused where something is at work, the target is not empty or older, or a value does not fit', async ({
    assert,
  }) => {
    const beat = { kind: 'scan:chain', host: 'h', pid: 1, version: '0', started_at: 1 }
    const source = db.connection('sqlite')
    await source.table('process_heartbeats').insert({ ...beat, beat_at: clock.now() })
    await assert.rejects(() => move(sqlite, postgres), /Still at work on SQLite: scan:chain\. Stop/)
    await source.from('process_heartbeats').update({ ended_at: clock.now() })

    await db.table('source_polls').insert({ name: 'gmgn', from_time: 1 })
    await assert.rejects(
      () => move(sqlite, postgres),
      /PostgreSQL is not empty: source_polls has 1/
    )
    await db.from('source_polls').delete()

    const latest = await db.from('adonis_schema').orderBy('id', 'desc').firstOrFail()
    await source.from('adonis_schema').where('name', latest.name).delete()
    await assert.rejects(
      () => move(sqlite, postgres),
      `SQLite is not at the same migration as the other database (${latest.name}). ` +
        'Run: DB_CONNECTION=sqlite node ace migration:run --force'
    )
    await source.table('adonis_schema').insert({ name: latest.name, batch: 1 })

    await source
      .table('source_polls')
      .insert({ name: 'gmgn', from_time: 1, possible_losses: 'many' })
    await assert.rejects(
      () => move(sqlite, postgres),
      /source_polls.possible_losses on SQLite holds a string where a whole number belongs/
    )
    await source.from('source_polls').update({ possible_losses: 2 ** 40 })
    await assert.rejects(() => move(sqlite, postgres), /refuses a row of source_polls \(name gmgn/)
    await source.from('source_polls').update({ possible_losses: 1 })
    const report = await move(sqlite, postgres)
    assert.isTrue(report.every(isEqual))
  })
})

async function emptyFile() {
  const client = db.connection('sqlite')
  const tables = await client.getAllTables()
  const emptied = tables.filter((name) => !name.startsWith('adonis_')).concat('sqlite_sequence')
  await client.rawQuery('pragma foreign_keys = off')
  for (const name of emptied) await client.rawQuery(`delete from "${name}"`)
  await client.rawQuery('pragma foreign_keys = on')
}

/** Until a session waits for the lock that this transaction holds. */
async function untilItWaits(lock: Awaited<ReturnType<typeof db.transaction>>) {
  for (;;) {
    // Other databases of the server have locks of their own.
    const { rows } = await lock.rawQuery(
      `select 1 from pg_locks join pg_database on pg_database.oid = database
       where not granted and datname = current_database() and relation = 'tron_blocks'::regclass`
    )
    if (rows.length > 0) return
  }
}
