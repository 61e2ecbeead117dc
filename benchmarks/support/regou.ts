import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { createEnvironment, type DemoEnvironment } from '#demo/processes/environment'
import { countEndpoints } from '#demo/tally'
import { until } from '#demo/until'
import { systemClock } from '#foundation/clock'

interface Surroundings {
  chainUrl: string
  receiverPort: number
  /** Where the web application listens. */
  port: number
  /** What differs from the environment of the demo. */
  variables?: NodeJS.ProcessEnv
}

/** The real commands, on a database of their own. */
export class Regou {
  readonly #root: string
  readonly #environment: DemoEnvironment
  readonly #processes: { child: ChildProcess; ended: Promise<unknown> }[] = []

  constructor(root: string, { variables, ...settings }: Surroundings) {
    this.#root = root
    this.#environment = createEnvironment({ root, ...settings })
    Object.assign(this.#environment.variables, { LOG_LEVEL: 'warn' }, variables)
  }

  get databasePath(): string {
    return this.#environment.databasePath
  }

  /** Creates the tables and starts `send:webhooks`; resolves when that is ready. */
  async start() {
    await this.run('ace.js', 'migration:run', '--force', '--no-schema-generate')
    this.spawn('ace.js', 'send:webhooks')
    const isReady = () => countEndpoints(this.databasePath) > 0
    await until(isReady, systemClock, AbortSignal.timeout(30_000))
  }

  /** Runs a command to its end and answers what it printed. */
  async run(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, args, this.#options)
    return stdout
  }

  /** Starts a command that goes on until `stop`, and answers its process. */
  spawn(...args: string[]): ChildProcess {
    const child = spawn(process.execPath, args, {
      ...this.#options,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    this.#processes.push({ child, ended: once(child, 'exit') })
    return child
  }

  async stop() {
    this.#processes.forEach(({ child }) => child.kill('SIGTERM'))
    await Promise.all(this.#processes.map(({ ended }) => ended))
  }

  get #options() {
    return { cwd: this.#root, env: this.#environment.variables }
  }
}
