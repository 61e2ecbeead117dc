// The steps of a check: programs that run, what they print, and the tests that they count.
import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { stripVTControlCharacters } from 'node:util'
import { root } from './node.js'

const TEST_ENVIRONMENT = join(root, 'tmp/verify')

/** Of all steps so far. */
export const counts = { passed: 0, failed: 0 }

const underWay = new Set()

/** Why nothing begins any more. */
let stopped = null

/**
 * Runs Node.js with these arguments, or another command.
 *
 * @param options.niceness from 0 to 19: a larger one leaves the processor to the others
 * @throws when it ends with another code than 0
 */
export async function step(name, args, environment = {}, options = {}) {
  if (stopped) throw new Error(stopped)
  console.log(`\nverify   | ${name}`)
  const startedAt = Date.now()

  const code = await run(args, environment, options)
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  if (code !== 0) throw new Error(`${name} (exit code ${code}, after ${seconds} s)`)
  console.log(`verify   | ${name}: done in ${seconds} s`)
}

function run(args, environment, { command = process.execPath, prefix = '', niceness = 0 }) {
  const env = { ...process.env, ENV_PATH: TEST_ENVIRONMENT, ...environment }
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  underWay.add(child)
  if (child.pid && niceness > 0) setPriority(child.pid, niceness)
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      console.log(prefix + line)
      countTests(stripVTControlCharacters(line))
    })
  }
  return new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('close', (code, signal) => resolve(code ?? signal))
  }).finally(() => underWay.delete(child))
}

/** Reads Japa's summary: "Tests  1 failed, 8 passed (9)". */
function countTests(line) {
  if (!/^\s*Tests\s/.test(line)) return
  for (const [, count, outcome] of line.matchAll(/(\d+) (passed|failed)/g)) {
    counts[outcome] += Number(count)
  }
}

/** Ends what is under way, and lets nothing begin. */
export function stop(why) {
  stopped ??= why
  for (const child of underWay) child.kill('SIGINT')
}

/** Tests must not see the operator's .env: it may name a real chain or a real database. */
export function isolateEnvironment() {
  rmSync(TEST_ENVIRONMENT, { recursive: true, force: true })
  mkdirSync(TEST_ENVIRONMENT, { recursive: true })
  copyFileSync(join(root, '.env.test'), join(TEST_ENVIRONMENT, '.env.test'))
  copyFileSync(join(root, '.env.test'), join(TEST_ENVIRONMENT, '.env.development'))
}

/** Lets all end, so that none is left behind when another one fails. */
export async function all(...steps) {
  for (const result of await Promise.allSettled(steps)) {
    if (result.status === 'rejected') throw result.reason
  }
}

/** Why it all failed: what stopped it, or else the step that failed. */
export function failureText(error) {
  return stopped ?? `FAILED: ${error.message}`
}
