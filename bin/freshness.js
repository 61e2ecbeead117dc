// Plain JavaScript without packages: it runs before there are any, on any Node from 20 on.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node.js'

/** Everything that a build is made of; .adonisjs is made of app/controllers, anew each time. */
export const SOURCES = ['adonisrc.ts', 'app', 'benchmarks', 'bin', 'commands', 'config', 'database']
  .concat(['demo', 'docs', 'package.json', 'package-lock.json', 'providers', 'public', 'resources'])
  .concat(['start', 'tests/support', 'tsconfig.json', 'vite.config.ts'])

const MARK = join(root, 'build/.made-of')

/** Made by the build itself. */
const ASSETS = 'public/assets'

/**
 * The state of all sources: another one after any of them was changed, added, moved or removed. It
 * looks at names, sizes and times and reads no file, so it takes a few milliseconds.
 */
export function sourcesOf() {
  const hash = createHash('sha256')
  for (const path of SOURCES.flatMap(filesBelow).sort()) {
    const { size, mtimeMs } = statSync(join(root, path))
    hash.update(`${path}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/** Whether build/ was made of the sources as they are now. In an image it is there without them. */
export function buildIsFresh() {
  if (!existsSync(MARK)) return false
  return !existsSync(join(root, 'app')) || readFileSync(MARK, 'utf8') === sourcesOf()
}

/** Notes what build/ was made of. */
export function markFresh(sources) {
  writeFileSync(MARK, sources)
}

/** Whether the styles and scripts of the pages are as new as what they are made of. */
export function assetsAreFresh() {
  const manifest = join(root, ASSETS, '.vite/manifest.json')
  if (!existsSync(manifest)) return false
  const made = statSync(manifest).mtimeMs
  const parts = [...filesBelow('resources'), 'vite.config.ts']
  return parts.every((path) => statSync(join(root, path)).mtimeMs < made)
}

/** The files below a path of the project, or the one that it is; none where there is nothing. */
export function filesBelow(path) {
  if (!existsSync(join(root, path))) return []
  return statSync(join(root, path)).isDirectory() ? filesIn(path) : [path]
}

function filesIn(folder) {
  if (folder === ASSETS) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}
