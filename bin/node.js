// Plain JavaScript: this file has to run on the oldest Node a stranger may have (20).
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../', import.meta.url))

const REQUIRED_MAJOR = 24
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** The Node.js 24 that the npm package `node` puts into node_modules, or null before the install. */
export function projectNode() {
  const candidates = ['node_modules/node/bin/node', 'node_modules/node/bin/node.exe']
  return candidates.map((path) => root + path).find((path) => existsSync(path)) ?? null
}

/** The Node.js to run the project's own processes on: this one when it is new enough. */
export function suitableNode() {
  const isRecent = Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR
  return isRecent ? process.execPath : projectNode()
}

/**
 * Answers true when this process may go on. Otherwise runs the same command line on the
 * project's Node.js, passes signals and the exit code through, and answers false.
 */
export async function continueOnProjectNode() {
  const node = suitableNode()
  if (node === process.execPath) return true

  if (!node) {
    console.error(
      `Regou needs Node.js ${REQUIRED_MAJOR}; this is ${process.version}. Run "npm ci" first: it brings the right one.`
    )
    process.exitCode = 1
    return false
  }

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
