// Plain JavaScript without packages: it installs them, on any Node from 20 on.
import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node.js'
import { run, SetupError } from './run.js'

/** What all packages take together with npm's cache, in bytes. */
const ROOM = 1_500_000_000

/** Why npm failed, by the codes that it names, and what to do. */
const CAUSES = [
  [
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|CERT\w*|\w+_CERT\w*)\b/,
    (code) =>
      `npm cannot reach the registry that the packages come from (${code}). Connect to it, or name yours (npm config set registry https://…, npm config set proxy http://…), and start again.`,
  ],
  [/\bENOSPC\b/, () => 'The disk is full: the packages need 1.5 GB. Make room, and start again.'],
  [
    /\b(EACCES|EPERM|EROFS)\b/,
    (code) =>
      `npm may not write where it has to (${code}). Start as the user that this folder belongs to.`,
  ],
  [
    /\bEINTEGRITY\b/,
    () =>
      'A package is not what package-lock.json says: something on the way to the registry changed it, or its cache is broken (npm cache clean --force).',
  ],
]

/**
 * Says before anything is begun that nothing can be written here.
 *
 * @throws SetupError
 */
export function requireWritable() {
  try {
    accessSync(root, constants.W_OK)
  } catch {
    throw new SetupError(
      `${root} cannot be written to. Clone into a folder of your own, or start as the user that it belongs to.`
    )
  }
}

/**
 * Says before anything is begun that the packages have no room here.
 *
 * @throws SetupError
 */
export function requireRoom() {
  requireWritable()
  const { bavail, bsize } = statfsSync(root)
  const free = bavail * bsize
  if (free < ROOM) {
    throw new SetupError(
      `The packages need 1.5 GB, and ${(free / 1e9).toFixed(1)} GB of the disk are free. Make room, and start again.`
    )
  }
}

/** Runs the npm that runs this script, in case the one on the PATH is another. */
export async function runNpm(args) {
  const npm = process.env.npm_execpath
  // Not on the Node.js that runs this: under npm it is the one in node_modules, which `npm ci` removes.
  const node = process.env.npm_node_execpath ?? process.execPath
  const quietly = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  const options = { env: { ...process.env, ...cacheOf() }, explain }
  if (npm?.endsWith('npm-cli.js')) await run(node, [npm, ...args, ...quietly], options)
  // On Windows npm is a script, which only a shell can start; nothing here needs quotes.
  else await run('npm', [...args, ...quietly], { ...options, shell: process.platform === 'win32' })
}

/** A cache in the folder for a user whose home cannot be written to, such as one of a container. */
function cacheOf() {
  const cache = process.env.npm_config_cache ?? join(process.env.HOME ?? root, '.npm')
  try {
    mkdirSync(cache, { recursive: true })
    accessSync(cache, constants.W_OK)
    return {}
  } catch {
    return { npm_config_cache: join(root, 'tmp/npm') }
  }
}

function explain(printed) {
  for (const [pattern, words] of CAUSES) {
    const found = pattern.exec(printed)
    if (found) return words(found[1] ?? found[0])
  }
  return null
}
