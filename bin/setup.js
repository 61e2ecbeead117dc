/*
|--------------------------------------------------------------------------
| Setup
|--------------------------------------------------------------------------
|
| What a fresh clone needs before anything can run: packages, .env, and on
| request the assets (--assets), the build (--build) and the database
| (--migrate). Does only what is missing, so a second run takes no time.
|
| Plain JavaScript without packages: it runs first, on any Node from 20 on.
|
*/

import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, suitableNode } from './node.js'

const flags = new Set(process.argv.slice(2))

installPackages()
writeEnvironment()
if (flags.has('--assets')) buildAssets()
if (flags.has('--build')) buildApplication()
if (flags.has('--migrate')) migrate()

function installPackages() {
  // npm writes this file last, so an install that was cut short is done again.
  const installed = join(root, 'node_modules/.package-lock.json')
  const isCurrent =
    existsSync(installed) && changedAt(installed) >= changedAt(join(root, 'package-lock.json'))
  if (isCurrent && suitableNode()) return

  say('Installing packages (about a minute, once) …')
  runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  if (!suitableNode()) {
    fail(
      'npm did not install Node.js 24 (the package "node"). Allow its install script, or use Node.js 24.'
    )
  }
}

function writeEnvironment() {
  const path = join(root, '.env')
  if (existsSync(path)) return

  say('Writing .env with a new APP_KEY …')
  const template = readFileSync(join(root, '.env.example'), 'utf8')
  const key = randomBytes(32).toString('base64url')
  writeFileSync(path, template.replace(/^APP_KEY=.*$/m, `APP_KEY=${key}`), { mode: 0o600 })
}

function buildAssets() {
  const manifest = join(root, 'public/assets/.vite/manifest.json')
  if (existsSync(manifest) && changedAt(manifest) > newest('resources', 'vite.config.ts')) return

  say('Building the assets …')
  runNode(['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'])
}

function buildApplication() {
  const built = join(root, 'build/bin/server.js')
  const sources = [
    'app',
    'benchmarks',
    'bin',
    'commands',
    'config',
    'database',
    'providers',
    'resources',
    'start',
    'tests',
  ]
  if (existsSync(built) && changedAt(built) > newest(...sources, 'adonisrc.ts', 'package.json'))
    return

  say('Building the application …')
  runNode(['ace.js', 'build'])
}

function migrate() {
  runNode(['ace.js', 'migration:run', '--force', '--compact-output', '--no-schema-generate'])
}

function newest(...paths) {
  return Math.max(...paths.map((path) => newestBelow(join(root, path))))
}

function newestBelow(path) {
  if (!existsSync(path)) return 0
  if (!statSync(path).isDirectory()) return changedAt(path)
  return Math.max(0, ...readdirSync(path).map((name) => newestBelow(join(path, name))))
}

function changedAt(path) {
  return statSync(path).mtimeMs
}

/** The npm that runs this script, in case the one on the PATH is another. */
function runNpm(args) {
  const npm = process.env.npm_execpath
  if (npm?.endsWith('.js')) run(process.execPath, [npm, ...args])
  else run('npm', args)
}

function runNode(args) {
  run(suitableNode(), args)
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (error) fail(`${command} could not be started: ${error.message}`)
  if (status !== 0) fail(`"${[command, ...args].join(' ')}" failed; its output is above.`)
}

function say(line) {
  console.log(`setup    | ${line}`)
}

function fail(line) {
  console.error(`setup    | ${line}`)
  process.exit(1)
}
