/*
|--------------------------------------------------------------------------
| Setup
|--------------------------------------------------------------------------
|
| What a fresh clone needs before anything can run: .env, packages (--production:
| none that only development needs), and on request the assets (--assets), the build (--build) and the database
| (--migrate), or nothing but settings (--settings). Does only what is missing, so a second run takes no time. With
| --chain it asks for a chain first, as long as nothing else has been done; with --no-settings it leaves
| .env alone.
|
| Plain JavaScript without packages: it runs first, on any Node from 20 on.
|
*/

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate, requireChain } from './before_start.js'
import { assetsAreFresh, buildIsFresh } from './freshness.js'
import { root, suitableNode } from './node.js'
import { requireRoom, requireWritable, runNpm } from './npm.js'
import { missingPart, packagesWithScripts } from './packages.js'
import { run, SetupError } from './run.js'

const OLDEST_NODE = 20

const flags = new Set(process.argv.slice(2))

await setUp().catch((error) => {
  if (!(error instanceof SetupError)) throw error
  console.error(error.message.replace(/^/gm, 'setup    | '))
  process.exitCode = error.exitCode
})

async function setUp() {
  requireNode()
  if (!flags.has('--no-settings')) writeEnvironment()
  if (flags.has('--chain')) requireChain()
  if (flags.has('--settings')) return
  await installPackages()
  if (flags.has('--assets')) await buildAssets()
  if (flags.has('--build')) await buildApplication()
  if (flags.has('--migrate')) await migrate()
}

/** In two steps: no script runs but those that are needed, whatever the npm (docs/adr/0024). */
async function installPackages() {
  const kind = flags.has('--production') ? 'production' : 'all'
  if (missingPart(kind) === 'packages') {
    requireRoom()
    say('Installing packages (about a minute, once) …')
    const which = kind === 'production' ? '--omit=dev' : '--include=dev'
    await runNpm(['ci', which, '--include=optional', '--ignore-scripts'])
  }
  if (missingPart(kind) === 'scripts') {
    const names = packagesWithScripts().map(({ name }) => name)
    await runNpm(['rebuild', '--ignore-scripts=false', ...names])
  }

  const undone = packagesWithScripts().filter(({ isDone }) => !isDone())
  if (undone.length > 0) {
    const names = undone.map(({ name }) => name).join(' and ')
    throw new SetupError(
      `npm did not finish ${names}; what it said is above. Delete node_modules and start again.`
    )
  }
}

function requireNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < OLDEST_NODE) {
    throw new SetupError(
      `This is Node.js ${process.versions.node}, and the set-up needs one from version ${OLDEST_NODE} on: https://nodejs.org`
    )
  }
}

function writeEnvironment() {
  const path = join(root, '.env')
  if (existsSync(path)) return
  requireWritable()

  say('Writing .env with a new APP_KEY …')
  const template = readFileSync(join(root, '.env.example'), 'utf8')
  const key = randomBytes(32).toString('base64url')
  writeFileSync(path, template.replace(/^APP_KEY=.*$/m, `APP_KEY=${key}`), { mode: 0o600 })
}

async function buildAssets() {
  if (assetsAreFresh()) return
  say('Building the assets …')
  await runNode(['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'])
}

async function buildApplication() {
  if (buildIsFresh()) return
  say('Building the application …')
  await runNode(['bin/build.js'])
}

async function runNode(args, options) {
  await run(suitableNode(), args, options)
}

function say(line) {
  console.log(`setup    | ${line}`)
}
