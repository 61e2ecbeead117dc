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

if (!isInstalled('pm2')) {
  console.error(
    'PM2 is not installed. Install it (npm install --no-save pm2), or let systemd run the processes: node bin/systemd.js --help'
  )
  process.exitCode = 1
} else if (await continueOnProjectNode()) {
  process.exitCode = await runToTheEnd(
    process.execPath,
    ['node_modules/pm2/bin/pm2-runtime', 'start', 'ecosystem.config.cjs'],
    { cwd: root, env: { ...process.env, PM2_HOME: join(root, 'tmp/pm2') } }
  )
}
