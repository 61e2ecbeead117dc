// Plain JavaScript: it decides whether TypeScript is to be translated.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildIsFresh } from './freshness.js'
import { isInstalled, root } from './node.js'

/** Runs a command as it was built, if that is what the sources say, and else from the sources. */
export async function runFresh(command) {
  const hasSources = isInstalled('@poppinss/ts-exec')
  if (buildServes(command, hasSources) && buildIsFresh()) {
    return import('../build/ace.js')
  }
  if (hasSources) {
    await import('./typescript.js')
    return import('./console.js')
  }
  console.error(
    'This needs packages that "npm start" does not install, or a new build. Run "npm run demo" (all packages) or "npm start" (a new build) first.'
  )
  process.exitCode = 1
}

/** Commands of packages write sources where there are some, and the demo serves them as they are. */
function buildServes(command = '', hasSources) {
  if (command === 'demo') return false
  return !hasSources || existsSync(join(root, `commands/${command.replace(':', '_')}.ts`))
}
