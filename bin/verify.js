/*
|--------------------------------------------------------------------------
| Verify
|--------------------------------------------------------------------------
|
| What `npm test` runs after the setup: types, lint and format, generated files,
| then side by side the suites on SQLite, and on PostgreSQL again what touches a
| database. What starts processes and browsers waits for them much, so it runs
| beside what does not, each in a database of its own. Stops at the first step
| that fails. The last line counts the tests.
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
import { continueOnProjectNode, root } from './node.js'
import { all, counts, failureText, interrupt, isolateEnvironment, step } from './steps.js'

const TYPES = ['node_modules/typescript-native/bin/tsc', '--noEmit']
const LINT = ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']
const FORMAT = ['node_modules/oxfmt/bin/oxfmt', '--check']

/**
 * How much is drawn at random: 200 chains and 200 ledgers in a whole run, few where a part is
 * checked. A chain costs four times as much on PostgreSQL, where reorgs and lies are stored by the
 * same statements: there it is a few.
 */
const DRAWN_ON_SQLITE = { PROPERTY_SEEDS: '188', HISTORIES: '200' }
const DRAWN_ON_POSTGRESQL = { PROPERTY_SEEDS: '12', PROPERTY_FROM: '1001' }
const DRAWN_IN_PART = { PROPERTY_SEEDS: '20', HISTORIES: '20' }

if (await continueOnProjectNode()) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupt)
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
  await all(lintAndFormat(), typesAndGeneratedFiles())

  await onPostgres(async (url) => {
    // A tag says that tests run on one database alone: what they check does not touch it, or it takes
    // a browser or processes, and these are so shared out that both sides take as long. What is drawn
    // at random takes a quarter of the time on SQLite, and runs beside the rest. More chains and
    // histories are for those who look for a fault.
    const onSqlite = '--tags=~@postgres'
    const rest = '--tags=~@postgres,~@drawn'
    const onPostgreSql = '--tags=~@sqlite'
    await withSecondDatabase(url, (second) =>
      all(
        suites('unit', ['unit', onSqlite], DRAWN_ON_SQLITE),
        suites('sqlite drawn', ['functional', '--tags=@drawn'], DRAWN_ON_SQLITE),
        suites('sqlite', ['functional', rest], DRAWN_ON_SQLITE),
        suites('sqlite e2e', ['e2e', 'browser', onSqlite]),
        suites('postgres', ['functional', onPostgreSql], onServer(url, DRAWN_ON_POSTGRESQL)),
        suites('postgres e2e', ['e2e', 'browser', onPostgreSql], onServer(second))
      )
    )
  })
}

async function lintAndFormat() {
  await step('format', FORMAT)
  await step('lint', LINT)
}

/** Together they take as long as lint does. */
async function typesAndGeneratedFiles() {
  await step('types', TYPES)
  await step('generated files', ['ace.js', 'codegen'], { NODE_ENV: 'development' })
  await requireCommitted('.adonisjs')
}

/** Types, lint and the tests of these words; what was found out before is not found out again. */
async function verifyPart(words) {
  const tests = await selectedTests(words)
  isolateEnvironment()
  const since = ['--incremental', '--tsBuildInfoFile', 'tmp/verify-types.json']
  const cache = ['--cache', '--cache-strategy=content', '--cache-location=tmp/verify-lint.json']
  const of = (names) => tests.filter((path) => names.includes(path.split('/')[1]))

  await all(
    step('types', [...TYPES, ...since]),
    step('format', FORMAT),
    step('lint', [...LINT, ...cache]),
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

/** Lends a further database of the server: what two runs store and empty must not meet. */
async function withSecondDatabase(url, work) {
  const second = new URL(url)
  second.pathname += '_e2e'
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  const name = client.escapeIdentifier(decodeURIComponent(second.pathname.slice(1)))
  await client.connect()
  try {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name}`)
    await work(second.href)
  } finally {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.end()
  }
}

function suites(database, names, environment) {
  const args = ['--import=./bin/typescript.js', 'bin/test.ts', ...names]
  const prefix = `${database.padEnd(12)} | `
  const settings = { NODE_ENV: 'test', TEST_BUILD: 'true', ...environment }
  return step(`suites on ${database}`, args, settings, { prefix })
}
