/*
|--------------------------------------------------------------------------
| TypeScript
|--------------------------------------------------------------------------
|
| Lets this process run the sources as they are: `--import=./bin/typescript.js`.
| AdonisJS brings ts-exec for that, which "node ace serve" and "node ace test"
| use. It asks another thread about each module; here SWC translates in the one
| that waits for it, and the program starts a quarter sooner.
|
*/

import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { transformSync } from '@swc/core'
import { TRANSLATION } from './translation.js'

process.setSourceMapsEnabled(true)
registerHooks({ resolve: resolveSource, load: loadSource })

/** Sources import each other as what they become: "x.js" is "x.ts". */
function resolveSource(specifier, context, next) {
  try {
    return next(specifier, context)
  } catch (error) {
    const isOfSource = error.code === 'ERR_MODULE_NOT_FOUND' && error.url?.endsWith('.js')
    if (!isOfSource) throw error
    return next(error.url.replace(/\.js$/, '.ts'), context)
  }
}

function loadSource(url, context, next) {
  if (context.format !== 'module-typescript') return next(url, context)

  const { source } = next(url, { ...context, format: 'module' })
  const filename = fileURLToPath(url)
  const { code, map } = transformSync(String(source), { ...TRANSLATION, filename })
  const encoded = Buffer.from(map).toString('base64')
  const comment = `//# sourceMappingURL=data:application/json;base64,${encoded}`
  return { format: 'module', source: `${code}\n${comment}`, shortCircuit: true }
}
