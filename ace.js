/*
|--------------------------------------------------------------------------
| Ace entry point
|--------------------------------------------------------------------------
|
| `node ace <command>` runs the TypeScript sources. Regou needs Node.js 24;
| an older Node on the PATH hands over to the one in node_modules.
|
*/

import { rewriteHelp, version } from './bin/ace_words.js'
import { continueOnProjectNode } from './bin/node.js'

rewriteHelp(process.argv)
if (['--version', '-v'].includes(process.argv[2])) {
  console.log(version())
} else if (await continueOnProjectNode()) {
  await import('@poppinss/ts-exec')
  await import('./bin/console.js')
}
