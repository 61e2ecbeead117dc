/*
|--------------------------------------------------------------------------
| Ace entry point
|--------------------------------------------------------------------------
|
| `node ace <command>` runs the application as it was built, where the build is
| as new as the sources: it starts in a fraction of the time. Otherwise it runs
| the sources. Regou needs Node.js 24; an older Node on the PATH hands over to
| the one in node_modules.
|
*/

import { rewriteHelp, version } from './bin/ace_words.js'
import { continueOnProjectNode } from './bin/node.js'
import { runFresh } from './bin/fresh_console.js'

rewriteHelp(process.argv)
if (['--version', '-v'].includes(process.argv[2])) {
  console.log(version())
} else if (await continueOnProjectNode()) {
  await runFresh(process.argv[2])
}
