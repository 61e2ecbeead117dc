import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { createEnvironment, type DemoEnvironment } from '#demo/processes/environment'
import { countEndpoints } from '#demo/stored'
import { until } from '#demo/until'
import { systemClock } from '#foundation/clock'

/** The real commands, on a database of their own. */
export class Regou {
  readonly #root: string
  readonly #environment: DemoEnvironment
  readonly #processes: { child: ChildProcess; ended: Promise<unknown> }[] = []

  constructor(root: string, chainUrl: string, receiverPort: number, port: number) {
    this.#root = root
    this.#environment = createEnvironment({ root, port, chainUrl, receiverPort })
    Object.assign(this.#environment.variables, { SCAN_CONFIRM: 'latest', LOG_LEVEL: 'warn' })
  }

  get databasePath(): string {
    return this.#environment.databasePath
  }

  /** Creates the tables and starts `send:webhooks`, and once that is ready, `scan:chain`. */
  async start() {
    const migration = ['ace.js', 'migration:run', '--force', '--no-schema-generate']
    await promisify(execFile)(process.execPath, migration, this.#options)

    this.#spawn('send:webhooks')
    const isReady = () => countEndpoints(this.databasePath) > 0
    await until(isReady, systemClock, AbortSignal.timeout(30_000))
    this.#spawn('scan:chain')
  }

  async stop() {
    this.#processes.forEach(({ child }) => child.kill('SIGTERM'))
    await Promise.all(this.#processes.map(({ ended }) => ended))
  }

  get #options() {
    return { cwd: this.#root, env: this.#environment.variables }
  }

  #spawn(command: string) {
    const child = spawn(process.execPath, ['ace.js', command], {
      ...this.#options,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    this.#processes.push({ child, ended: once(child, 'exit') })
  }
}
