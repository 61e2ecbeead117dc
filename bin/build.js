/*
|--------------------------------------------------------------------------
| Build
|--------------------------------------------------------------------------
|
| Makes build/: what production, benchmarks and short commands run. SWC, which
| also translates the sources when they run as they are, does it file by file
| in two seconds; whether the types are right is said by `npm test`. The last
| thing written is what the build was made of (bin/freshness.js).
|
*/

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { transform } from '@swc/core'
import { assetsAreFresh, filesBelow, markFresh, sourcesOf } from './freshness.js'
import { root } from './node.js'
import { TRANSLATION } from './translation.js'

const COMPILED = ['app', 'benchmarks', 'bin', 'commands', 'config', 'database', 'demo'].concat([
  'providers',
  'start',
  'tests/support',
  '.adonisjs/server',
])

const COPIED = ['docs', 'package.json', 'package-lock.json', 'public'].concat([
  ...['resources/lang', 'resources/views'],
])

/** Makes `node build/ace.js` work with any Node.js on the PATH. */
const ACE = `import { continueOnProjectNode, root } from '../bin/node.js'

if (await continueOnProjectNode()) {
  // The settings are beside the sources, not in build/.
  process.env.ENV_PATH ??= root
  await import('./bin/console.js')
}
`

const to = (path) => join(root, 'build', path)
// What is changed while this runs is not in the build, so its state is taken first.
const sources = sourcesOf()

rmSync(join(root, 'build'), { recursive: true, force: true })
if (!assetsAreFresh()) {
  const { build } = await import('vite')
  await build({ root, logLevel: 'warn' })
}
await Promise.all([...COMPILED.flatMap(filesBelow), 'adonisrc.ts'].filter(isCompiled).map(compile))
for (const path of COPIED) cpSync(join(root, path), to(path), { recursive: true })
writeFileSync(to('ace.js'), ACE)
markFresh(sources)

function isCompiled(path) {
  return path.endsWith('.ts') && !path.endsWith('.d.ts')
}

async function compile(path) {
  const target = to(path.replace(/\.ts$/, '.js'))
  const { code, map } = await transform(readFileSync(join(root, path), 'utf8'), {
    ...TRANSLATION,
    filename: join(root, path),
    sourceFileName: basename(path),
  })
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, `${code}//# sourceMappingURL=${basename(target)}.map\n`)
  writeFileSync(`${target}.map`, map)
}
