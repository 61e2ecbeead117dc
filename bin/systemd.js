/*
|--------------------------------------------------------------------------
| Units for systemd
|--------------------------------------------------------------------------
|
| `node bin/systemd.js FOLDER` writes the processes of ecosystem.config.cjs as
| units of systemd, for operators who do not use PM2. It starts nothing.
|
*/

import { existsSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'

const [folder] = process.argv.slice(2)

if (folder && !folder.startsWith('-') && !existsSync(folder)) {
  console.error(`${folder} is not there. Make the folder first, or name another.`)
  process.exitCode = 1
} else if (!folder || folder.startsWith('-')) {
  console.error(
    'Usage: node bin/systemd.js FOLDER (such as /etc/systemd/system)\n' +
      'Writes one unit for each process of Regou, run by the user who calls this, or by SUDO_USER.'
  )
  process.exitCode = 1
} else {
  const { apps } = createRequire(import.meta.url)('../ecosystem.config.cjs')
  for (const app of apps) writeFileSync(join(folder, `${app.name}.service`), unitOf(app))

  const names = apps.map(({ name }) => name).join(' ')
  console.log(`Written. Now: systemctl daemon-reload && systemctl enable --now ${names}`)
}

/** A unit that does what PM2 is told to do. A process that grows too large is ended and started again. */
function unitOf({ name, cwd, interpreter, node_args: options, script, args = [], ...app }) {
  const command = [resolve(cwd, interpreter), ...options.split(' '), script, ...args]
  const environment = Object.entries(app.env).map((pair) => `Environment=${quoted(pair.join('='))}`)

  return `[Unit]
Description=${name}
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
User=${process.env.SUDO_USER ?? ownName()}
WorkingDirectory=${cwd.replaceAll('%', '%%')}
${environment.join('\n')}
ExecStart=${command.map(quoted).join(' ').replaceAll('$', '$$$$')}
Restart=always
RestartSec=1
TimeoutStopSec=${app.kill_timeout / 1000}
MemoryMax=${app.max_memory_restart}

[Install]
WantedBy=multi-user.target
`
}

/** systemd takes a number where the user has no name. */
function ownName() {
  try {
    return userInfo().username
  } catch {
    return process.getuid()
  }
}

/** A word as systemd reads it back, whatever is in a path. */
function quoted(word) {
  return `"${word.replaceAll(/["\\]/g, '\\$&').replaceAll('%', '%%')}"`
}
