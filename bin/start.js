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
import { continueOnProjectNode, root, runToTheEnd } from './node.js'
import setting from './setting.cjs'

if (await continueOnProjectNode()) {
  if (setting('BSC_RPC_URL')) {
    process.exitCode = await runToTheEnd(
      process.execPath,
      ['node_modules/pm2/bin/pm2-runtime', 'start', 'ecosystem.config.cjs'],
      { cwd: root, env: { ...process.env, PM2_HOME: join(root, 'tmp/pm2') } }
    )
  } else {
    console.error(
      'BSC_RPC_URL is not set, so there is no chain to read. Name one or more endpoints that serve\n' +
        'eth_getLogs in .env, for example BSC_RPC_URL=https://bsc.example.com/v1/your-key\n' +
        'To look around without one: npm run demo'
    )
    process.exitCode = 1
  }
}
