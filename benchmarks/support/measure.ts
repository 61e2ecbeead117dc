import { execFileSync, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** What one contender says of its own run. */
export interface Measured {
  /** Milliseconds. */
  wallMs: number
  cpuMs: number
  /** Peak resident memory in megabytes. */
  peakMb: number
  [figure: string]: number
}

/**
 * Runs a contender in a process of its own and answers what it measured. As in production it is
 * the compiled file that runs, with the options that PM2 gives Node.js for such a process.
 *
 * @param contender path of its source below the project's root
 * @param name of the process in ecosystem.config.cjs
 * @param onReady is called when the contender has sent `ready`
 */
export function measure(
  contender: string,
  environment: Record<string, string>,
  name: string,
  onReady = () => {}
): Promise<Measured> {
  const { apps } = createRequire(import.meta.url)('../../ecosystem.config.cjs')
  const production = apps.find((app: { name: string }) => app.name === name)
  const child = fork(`${ROOT}build/${contender.replace(/ts$/, 'js')}`, {
    cwd: ROOT,
    env: { ...process.env, ENV_PATH: ROOT, ...environment },
    execArgv: production.node_args.split(' '),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })

  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (message === 'ready') onReady()
      else resolve(message as Measured)
    })
    child.once('exit', (code) => reject(new Error(`${contender} ended with code ${code}`)))
  })
}

/**
 * In a contender: runs the work, without what it took to start, tells the parent what it took, and
 * ends the process. Work that calls `begin` was warming up until then, which does not count.
 */
export async function contend(work: (begin: () => void) => Promise<Record<string, number>>) {
  // What came before, and filling a database, has left pages that go to the disk in their own time.
  execFileSync('sync')

  const look = () => ({ at: performance.now(), cpu: process.cpuUsage() })
  let start = look()
  const figures = await work(() => {
    start = look()
  })
  const { user, system } = process.cpuUsage(start.cpu)

  process.send!({
    wallMs: performance.now() - start.at,
    cpuMs: (user + system) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    ...figures,
  })
  process.disconnect()
  process.exit()
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}

/** The value that this share (0 to 1) of sorted values does not exceed. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!
}
