// Plain JavaScript: this file has to run on the oldest Node a stranger may have (20).
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../', import.meta.url))

const REQUIRED_MAJOR = 24

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

  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // On a terminal Ctrl+C reaches the whole process group, so the child has it already.
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  process.exitCode = await new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)))
  })
  return false
}
