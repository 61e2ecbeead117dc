// Plain JavaScript: this file has to run on the oldest Node on a user's PATH (20).
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../', import.meta.url))

const REQUIRED_MAJOR = 24
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Where the npm package `node` puts Node.js. On Windows the file without `.exe` is a text. */
export function nodeIn(folder) {
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  return join(folder, 'node_modules/node/bin', file)
}

/**
 * The Node.js to run the project's own processes on: the one in node_modules, which everything was
 * tried with; before the install this one, when it is new enough; else null.
 */
export function suitableNode() {
  const own = nodeIn(root)
  if (existsSync(own)) return realpathSync(own)
  const isRecent = Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR
  return isRecent ? process.execPath : null
}

/** Whether a package is there. */
export function isInstalled(name) {
  return existsSync(join(root, 'node_modules', name, 'package.json'))
}

/**
 * Answers true when this process may go on. Otherwise runs the same command line on the
 * project's Node.js, passes signals and the exit code through, and answers false.
 */
export async function continueOnProjectNode() {
  const node = suitableNode()
  if (!node || !isInstalled('@adonisjs/core')) {
    console.error(
      'The packages are not installed yet. Run "npm run demo" (everything on a local chain) or "npm start" first.'
    )
    process.exitCode = 1
    return false
  }
  if (node === process.execPath) return true

  process.exitCode = await runToTheEnd(node, process.argv.slice(1))
  return false
}

/**
 * Runs a program in the foreground and answers its exit code. It gets the signals that this
 * process gets; from a terminal it has them twice, so it must not mind the second one.
 */
export function runToTheEnd(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  const pass = (signal) => child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, pass)

  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const name of SIGNALS) process.off(name, pass)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}
