/*
|--------------------------------------------------------------------------
| Verify
|--------------------------------------------------------------------------
|
| What `npm test` runs after the setup: generated files, and then side by side
| types, lint and format, the suites on SQLite, and on PostgreSQL again what
| touches a database, each part in a database of its own. A part that mostly
| waits (for processes, browsers, the server) goes before one that computes, so
| that no processor is idle at the end. Types, lint or format that fail stop it
| all; suites run to their end. The last line counts the tests.
|
| `npm test -- WORD …` checks less: types, lint, format, and the tests of a room, a
| file or a part of a path, first on SQLite and then those that touch a
| database on PostgreSQL. `npm test -- --changed` takes the words from git.
|
| PostgreSQL is the server of TEST_DATABASE_URL (its tables are emptied!), or
| one that npm brought along.
|
*/

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from './freshness.js'
import { continueOnProjectNode, root } from './node.js'
import { all, counts, failureText, isolateEnvironment, step, stop } from './steps.js'

/** Types and lint find out again only what has changed since the last run. */
const TYPES = ['node_modules/typescript-native/bin/tsc', '--noEmit', '--incremental'].concat([
  '--tsBuildInfoFile',
  'tmp/verify-types.json',
])
const LINT = ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0', '--cache'].concat([
  '--cache-strategy=content',
  '--cache-location=tmp/verify-lint.json',
])
const FORMAT = ['node_modules/oxfmt/bin/oxfmt', '--check']

/**
 * How much is drawn at random: 200 chains and 200 ledgers in a whole run, few where a part is
 * checked. A chain costs four times as much on PostgreSQL, where reorgs and lies are stored by the
 * same statements: there it is a few.
 */
const DRAWN_ON_SQLITE = { PROPERTY_SEEDS: '188', HISTORIES: '200' }
const DRAWN_ON_POSTGRESQL = { PROPERTY_SEEDS: '12', PROPERTY_FROM: '1001' }
const DRAWN_IN_PART = { PROPERTY_SEEDS: '20', HISTORIES: '20' }

/** How far parts stand back, so that those which mostly wait get a processor as soon as they ask. */
const WAITS_LESS = 5
const COMPUTES = 10

if (await continueOnProjectNode()) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop('Interrupted'))
  const words = process.argv.slice(2)
  const check = words.length > 0 ? () => verifyPart(words) : verify
  await check().catch((error) => {
    console.error(`verify   | ${failureText(error)}`)
    process.exitCode = 1
  })
  console.log(`${counts.passed} passed, ${counts.failed} failed`)
}

async function verify() {
  isolateEnvironment()
  // The suites import generated files, so these come first.
  await step('generated files', ['ace.js', 'codegen'], { NODE_ENV: 'development' })
  await requireCommitted('.adonisjs')

  await onPostgres((url) =>
    withDatabases(url, ['_second', '_e2e', '_browser'], (second, e2e, browser) => {
      // A tag says that tests run on one database alone: what they check does not touch it, or it takes
      // a browser or processes, and these are so shared out that both sides take as long. What is drawn
      // at random takes a quarter of the time on SQLite, and runs beside the rest. More chains and
      // histories are for those who look for a fault.
      const onSqlite = '--tags=~@postgres'
      const rest = '--tags=~@postgres,~@drawn'
      const onPostgreSql = '--tags=~@sqlite'
      const [half, otherHalf] = halves('tests/functional')
      return all(
        checks(),
        suites(
          'postgres',
          ['functional', onPostgreSql, ...half],
          onServer(url, DRAWN_ON_POSTGRESQL)
        ),
        suites(
          'postgres 2',
          ['functional', onPostgreSql, ...otherHalf],
          onServer(second, DRAWN_ON_POSTGRESQL)
        ),
        suites('sqlite e2e', ['e2e', onSqlite]),
        suites('postgres e2e', ['e2e', onPostgreSql], onServer(e2e)),
        suites('sqlite browser', ['browser', onSqlite], {}, WAITS_LESS),
        suites('postgres browser', ['browser', onPostgreSql], onServer(browser), WAITS_LESS),
        suites('sqlite', ['functional', rest, ...half], DRAWN_ON_SQLITE, WAITS_LESS),
        suites('sqlite 2', ['functional', rest, ...otherHalf], DRAWN_ON_SQLITE, WAITS_LESS),
        suites('sqlite drawn', ['functional', '--tags=@drawn'], DRAWN_ON_SQLITE, COMPUTES),
        suites('unit', ['unit', onSqlite], DRAWN_ON_SQLITE, COMPUTES)
      )
    })
  )
}

/** What needs no database. The first that fails ends everything: what suites say then is of no use yet. */
async function checks() {
  try {
    await Promise.all([
      step('format', FORMAT),
      step('types', TYPES, {}, { niceness: COMPUTES }),
      step('lint', LINT, {}, { niceness: COMPUTES }),
    ])
  } catch (error) {
    stop(failureText(error))
    throw error
  }
}

/** The spec files below a folder, shared out between two runs. */
function halves(folder) {
  const files = filesBelow(folder).filter((path) => path.endsWith('.spec.ts'))
  const half = (rest) => files.filter((_, at) => at % 2 === rest).map((path) => `--files=${path}`)
  return [half(0), half(1)]
}

/** Types, lint and the tests of these words. */
async function verifyPart(words) {
  const tests = await selectedTests(words)
  isolateEnvironment()
  const of = (names) => tests.filter((path) => names.includes(path.split('/')[1]))

  await all(
    step('types', TYPES),
    step('format', FORMAT),
    step('lint', LINT),
    suitesOf(of(['unit', 'functional', 'e2e', 'browser']), 'sqlite', DRAWN_IN_PART)
  )
  const stored = of(['functional', 'e2e'])
  if (stored.length === 0) return
  await onPostgres((url) =>
    suitesOf(stored, 'postgres', onServer(url, DRAWN_IN_PART), ['--tags=~@sqlite'])
  )
}

/** @throws when a word names nothing, with what there is to name */
async function selectedTests(words) {
  const { rooms, testsOfFiles, testsOfWord } = await import('./selection.js')
  const tests = words.flatMap((word) => {
    const found = word === '--changed' ? testsOfFiles(changedFiles()) : testsOfWord(word)
    if (found) return found
    throw new Error(
      `nothing is named "${word}". Rooms: ${rooms().join(', ')}. Or any file, or a part of its path`
    )
  })
  const selected = [...new Set(tests)]
  console.log(`verify   | ${selected.length} files with tests concern this`)
  for (const path of selected) console.log(`verify   |   ${path}`)
  return selected
}

/** What differs from the newest commit, with what is not committed yet. */
function changedFiles() {
  const options = { cwd: root, encoding: 'utf8' }
  const changed = execFileSync('git', ['diff', '--name-only', '--no-renames', 'HEAD'], options)
  const added = execFileSync('git', ['ls-files', '--others', '--exclude-standard'], options)
  return `${changed}${added}`.split('\n').filter(Boolean)
}

async function suitesOf(tests, database, environment, filters = []) {
  if (tests.length === 0) return
  const names = [...new Set(tests.map((path) => path.split('/')[1]))]
  const files = tests.map((path) => `--files=${path}`)
  await suites(database, [...names, ...files, ...filters], environment)
}

function onServer(url, drawn = {}) {
  return { DB_CONNECTION: 'pg', DATABASE_URL: url, ...drawn }
}

/** Generated files are committed, so generating them again must not change any. */
async function requireCommitted(path) {
  if (!existsSync(join(root, '.git'))) return
  const args = ['diff', '--exit-code', '--stat', '--', path]
  await step(`${path} is up to date`, args, {}, { command: 'git' })
}

async function onPostgres(work) {
  const given = process.env.TEST_DATABASE_URL
  if (given) return work(given)

  const { startPostgres } = await import('../tests/support/postgres.ts')
  const postgres = await startPostgres()
  try {
    await work(postgres.url)
  } finally {
    await postgres.stop()
  }
}

/** Lends further databases of the server: what two runs store and empty must not meet. */
async function withDatabases(url, suffixes, work) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  const urls = suffixes.map((suffix) => {
    const further = new URL(url)
    further.pathname += suffix
    return further
  })
  const names = urls.map(({ pathname }) =>
    client.escapeIdentifier(decodeURIComponent(pathname.slice(1)))
  )
  const drop = async () => {
    for (const name of names) await client.query(`drop database if exists ${name} with (force)`)
  }
  await client.connect()
  try {
    await drop()
    for (const name of names) await client.query(`create database ${name}`)
    await work(...urls.map(({ href }) => href))
  } finally {
    await drop()
    await client.end()
  }
}

function suites(database, names, environment, niceness) {
  const args = ['--import=./bin/typescript.js', 'bin/test.ts', ...names]
  const prefix = `${database.padEnd(16)} | `
  const settings = { NODE_ENV: 'test', TEST_BUILD: 'true', ...environment }
  return step(`suites on ${database}`, args, settings, { prefix, niceness })
}
