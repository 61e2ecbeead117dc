/*
|--------------------------------------------------------------------------
| Deploy
|--------------------------------------------------------------------------
|
| `bin/deploy USER@HOST` builds this version and sends it to a host over SSH, as
| a release in a folder of its own. What happens there is in bin/release.sh,
| which comes along: packages, backup, tables, a try, the switch, the check,
| and the way back where it fails.
|
| Plain JavaScript without packages, on any Node from 20 on.
|
*/

import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIsFresh, SOURCES } from './freshness.js'
import { root } from './node.js'
import { run, SetupError } from './run.js'

const HELP = `Usage: bin/deploy USER@HOST [options]

Builds this version, sends it over SSH and starts it under PM2: no request and no delivery is lost.
Where the new release does not work, the one before it is put back.

  --folder=FOLDER      where Regou lives on the host (regou, in the home of the user)
  --ssh-config=FILE    for ssh, as its -F: port, key, known hosts
  --back               starts the release before the one that runs, and sends nothing

The host needs Node.js from 20 on with npm, and a .env in FOLDER/shared: the first deploy writes one and
says what is missing in it.
Exit codes: 0 the release runs, 1 nothing was changed, 2 it did not work and the one before runs again.`

/** What is sent: the build, what it is made of, and what stands around it. Nothing with a secret. */
const SENT = SOURCES.concat(['build', '.adonisjs', '.env.example', '.npmrc', 'ace.js'])
  .concat(['ecosystem.config.cjs', 'examples', 'LICENSE', 'README.md', 'CHANGELOG.md'])
  .filter((path) => existsSync(join(root, path)))

await deploy().catch((error) => {
  if (!(error instanceof SetupError)) throw error
  console.error(`deploy   | ${error.message}`)
  process.exitCode = error.exitCode
})

async function deploy() {
  const { host, folder, ssh, isBack } = readArguments()
  if (!host) return console.log(HELP)

  const quotedFolder = quoted(folder)
  if (isBack) {
    return send(ssh, host, `bash ${quotedFolder}/current/bin/release.sh ${quotedFolder} --back`)
  }
  if (!buildIsFresh()) await run(process.execPath, ['bin/setup.js', '--build'])

  const release = releaseName()
  const to = `${quotedFolder}/releases/${release}`
  say(`Sending ${release} to ${host} …`)
  const archive = spawn('tar', ['--format=posix', '-cz', ...SENT], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await send(ssh, host, `mkdir -p ${to} && tar -xzf - -C ${to}`, archive.stdout)
  await send(ssh, host, `bash ${to}/bin/release.sh ${quotedFolder} ${release}`)
}

/** @throws SetupError where they cannot be used */
function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        'folder': { type: 'string', default: 'regou' },
        'ssh-config': { type: 'string' },
        'back': { type: 'boolean', default: false },
        'help': { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) return {}
    const [host, ...more] = positionals
    if (!host || more.length > 0 || host.startsWith('-')) throw new Error('name one USER@HOST')
    const config = values['ssh-config']
    const ssh = ['-o', 'BatchMode=yes', ...(config ? ['-F', config] : [])]
    return { host, folder: values.folder, isBack: values.back, ssh }
  } catch (error) {
    throw new SetupError(`${error.message}. See: bin/deploy --help`)
  }
}

/** Sorts by time: `20261129T085000Z-1a2b3c4`, with the commit where there is one. */
function releaseName() {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  try {
    const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], options)
    return `${stamp}-${commit.trim()}`
  } catch {
    return stamp
  }
}

/**
 * Runs a command on the host, with what it is to read.
 *
 * @throws SetupError with its exit code where it fails
 */
async function send(ssh, host, command, input) {
  const child = spawn('ssh', [...ssh, '--', host, command], {
    stdio: [input ? 'pipe' : 'ignore', 'inherit', 'inherit'],
  })
  // A host that hangs up ends the archive as well.
  if (input) input.pipe(child.stdin.on('error', () => {}))
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  }).catch((error) => {
    throw new SetupError(`ssh cannot be started (${error.code}): install OpenSSH's client`)
  })
  if (code === 255) {
    throw new SetupError(`${host} cannot be reached: try it with ssh ${host}. Nothing was changed.`)
  }
  if (code !== 0) throw new SetupError('The release does not run.', code === 2 ? 2 : 1)
}

function quoted(text) {
  // A path in the home of the user is written with ~.
  const [, home = '', rest = ''] = /^(~\/)?(.*)$/.exec(text)
  return `${home}'${rest.replaceAll("'", `'\\''`)}'`
}

function say(line) {
  console.log(`deploy   | ${line}`)
}
