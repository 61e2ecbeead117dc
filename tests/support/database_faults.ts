import db from '@adonisjs/lucid/services/db'
import type { Client } from 'pg'
import type { Knex } from 'knex'
import Database from 'better-sqlite3'
import env from '#start/env'
import { followClock } from '#foundation/clock'
import { DatabaseUnreachable } from '#foundation/db/database_fault'
import { superviseSession } from '#foundation/db/postgres_session'
import { isOnPostgres } from '#tests/support/postgres_proxy'

/** A fault of the database, or of the machine around it, that meets those who write to a table. */
export interface DatabaseFault {
  is: string
  /** Answers what ends it. */
  begin(table: string): Promise<() => Promise<void>>
  /** Whether the work can be done in spite of it. */
  isBearable?: boolean
  /** Whether small work may fit in what is left. */
  mayBeMissed?: boolean
}

const HOUR_MS = 3_600_000

/** How long a statement may take while one hangs, in milliseconds. */
const STATEMENT_WITHIN_MS = 1000

/** A clock that was set; nothing of the database is wrong. */
const clockSet = (by: number): DatabaseFault => ({
  is: `a clock that is set by ${by / HOUR_MS} h`,
  isBearable: true,
  begin: async () => {
    followClock(Date.now() + by, performance.now())
    return async () => void followClock(Date.now(), performance.now())
  },
})

/** No connection can be had, as with no file left to open. */
const filesRunOut: DatabaseFault = {
  is: 'no file that may be opened',
  begin: async () => {
    const { client } = db.connection().getWriteClient() as unknown as { client: Knex.Client }
    const { acquireConnection } = client
    const fault = isOnPostgres
      ? new DatabaseUnreachable('connect EMFILE')
      : Object.assign(new Error('unable to open database file'), { code: 'SQLITE_CANTOPEN' })
    Object.assign(client, { acquireConnection: () => Promise.reject(fault) })
    return async () => void Object.assign(client, { acquireConnection })
  },
}

const io = `raise exception 'could not write' using errcode = '58030'`
const full = `raise exception 'no space left' using errcode = '53100'`
const readOnly = `raise exception 'cannot execute in a read-only transaction' using errcode = '25006'`
const ending = 'perform pg_terminate_backend(pg_backend_pid())'

const ON_POSTGRES: DatabaseFault[] = [
  { is: 'a COMMIT that fails', begin: (table) => onWrites(table, 'commit', io) },
  { is: 'a statement that hangs', begin: hang },
  { is: 'sessions that are read-only', begin: (table) => onWrites(table, 'statement', readOnly) },
  { is: 'a session that ends before COMMIT', begin: (table) => onWrites(table, 'commit', ending) },
  { is: 'a full disk', begin: (table) => onWrites(table, 'statement', full) },
]

const ON_SQLITE: DatabaseFault[] = [
  { is: 'a COMMIT that fails', begin: refuseOnSqlite },
  { is: 'a lock that another program holds', begin: lockOnSqlite },
  { is: 'a file that is read-only', begin: () => pragmas('query_only = on', 'query_only = off') },
  { is: 'a full disk', begin: fillOnSqlite, mayBeMissed: true },
]

export const DATABASE_FAULTS: DatabaseFault[] = [
  ...(isOnPostgres ? ON_POSTGRES : ON_SQLITE),
  filesRunOut,
  clockSet(HOUR_MS),
  clockSet(-HOUR_MS),
]

async function run(...statements: string[]) {
  for (const statement of statements) await db.rawQuery(statement)
}

/** Has PostgreSQL do something else in the place of a write, or of the COMMIT after it. */
async function onWrites(table: string, at: 'statement' | 'commit', action: string) {
  const trigger =
    at === 'commit'
      ? `create constraint trigger fault after insert or update on ${table}
         deferrable initially deferred for each row`
      : `create trigger fault before insert or update on ${table} for each row`
  await run(
    `create function fault() returns trigger language plpgsql as $$ begin ${action}; return new; end $$`,
    `${trigger} execute function fault()`
  )
  return () => run(`drop trigger fault on ${table}`, 'drop function fault')
}

/** A statement that never ends, and sessions that are given a short time for each. */
async function hang(table: string) {
  const end = await onWrites(table, 'statement', 'perform pg_sleep(600)')
  const name = db.primaryConnectionName
  const { config } = db.manager.get(name)!
  const afterCreate = (client: Client, done: (error: null, client: Client) => void) => {
    superviseSession(client, STATEMENT_WITHIN_MS)
    done(null, client)
  }
  db.manager.patch(name, { ...config, pool: { ...config.pool, afterCreate } } as typeof config)
  return async () => {
    db.manager.patch(name, config)
    // A server notices that its client has gone when it next speaks to it.
    await run(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event = 'PgSleep'`
    )
    await end()
  }
}

async function refuseOnSqlite(table: string) {
  const child = `begin insert into commit_children values (1); end`
  await run(
    'create table commit_parents (id integer primary key)',
    'create table commit_children (id integer references commit_parents (id) deferrable initially deferred)',
    `create trigger fault_insert after insert on ${table} ${child}`,
    `create trigger fault_update after update on ${table} ${child}`
  )
  return () =>
    run(
      ...['drop trigger fault_insert', 'drop trigger fault_update'],
      ...['drop table commit_children', 'drop table commit_parents']
    )
}

async function pragmas(begin: string, end: string) {
  await run(`pragma ${begin}`)
  return () => run(`pragma ${end}`)
}

async function lockOnSqlite() {
  const other = new Database(env.get('DATABASE_PATH'))
  other.exec('begin immediate')
  const unwait = await pragmas('busy_timeout = 1', 'busy_timeout = 5000')
  return async () => {
    other.close()
    await unwait()
  }
}

/** Leaves no page to write to: neither new ones nor those that deleted rows left. */
async function fillOnSqlite() {
  await run('vacuum')
  const [{ page_count: pages }] = await db.rawQuery('pragma page_count')
  return pragmas(`max_page_count = ${pages}`, 'max_page_count = 1073741823')
}
