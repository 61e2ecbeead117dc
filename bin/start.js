/*
|--------------------------------------------------------------------------
| Start
|--------------------------------------------------------------------------
|
| What `npm start` runs after the setup: the processes of ecosystem.config.cjs
| under PM2, in the foreground, until Ctrl+C or SIGTERM.
|
*/

import { join } from 'node:path'
import { continueOnProjectNode, isInstalled, root, runToTheEnd } from './node.js'
import { isRunning } from './running.js'
import { sayWhere } from './say_where.js'

/** Of this folder alone: another one, or another user's PM2, has its own. */
const home = join(root, 'tmp/pm2')

if (!isInstalled('pm2')) {
  console.error(
    'PM2 is not installed. Install it (npm install --no-save pm2), or let systemd run the processes: node bin/systemd.js --help'
  )
  process.exitCode = 1
} else if (await isRunning(home)) {
  console.error(
    'Regou is running in this folder already. Stop it first (Ctrl+C where it was started), or look at it: PM2_HOME=tmp/pm2 npx pm2 status'
  )
  process.exitCode = 1
} else if (await continueOnProjectNode()) {
  const ended = new AbortController()
  void sayWhere(ended.signal)
  process.exitCode = await runToTheEnd(
    process.execPath,
    ['node_modules/pm2/bin/pm2-runtime', 'start', 'ecosystem.config.cjs'],
    // The processes of a cluster then share the port: none is handed a connection that it may not take any more.
    { cwd: root, env: { ...process.env, PM2_HOME: home, NODE_CLUSTER_SCHED_POLICY: 'none' } }
  )
  ended.abort()
}
