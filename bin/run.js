// Plain JavaScript without packages: the setup runs on any Node from 20 on.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './node.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** A step of the setup failed; the message is for the person who started it. */
export class SetupError extends Error {
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/**
 * Runs a program and waits for its end, also when a signal asks both to stop: npm puts away what it
 * has begun, and must not do so behind the back of whatever is started next. It has a process group
 * of its own, as npm gives up putting away at a second Ctrl+C.
 *
 * @param options.explain says in a sentence why it failed, by what it printed as errors; null: it cannot
 * @throws SetupError when it cannot be started, fails, or was told to stop
 */
export async function run(command, args, options = {}) {
  const { shell = false, env = process.env, explain } = options
  const child = spawn(command, args, {
    cwd: root,
    shell,
    env,
    // What it complains of is held back where it may be explained.
    stdio: ['inherit', 'inherit', explain ? 'pipe' : 'inherit'],
    detached: process.platform !== 'win32',
  })
  const complaints = []
  child.stderr?.on('data', (part) => complaints.push(part))

  let stoppedBy = null
  const stop = (signal) => {
    if (stoppedBy) return
    stoppedBy = signal
    console.error('setup    | Stopping as soon as what is under way is put away …')
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal)
  }
  for (const signal of SIGNALS) process.on(signal, stop)

  const ending = await new Promise((resolve) => {
    child.once('error', (error) => resolve({ error }))
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  for (const signal of SIGNALS) process.off(signal, stop)

  if (stoppedBy) throw new SetupError('Stopped.', 128 + constants.signals[stoppedBy])
  if (ending.error) throw new SetupError(`${command} could not be started: ${ending.error.message}`)
  if (ending.code !== 0) {
    const said = Buffer.concat(complaints)
    const words = explain?.(said.toString())
    if (words) throw new SetupError(words)
    process.stderr.write(said)
    const line = [command, ...args].join(' ')
    throw new SetupError(`"${line}" failed (${ending.signal ?? ending.code}); its output is above.`)
  }
}
