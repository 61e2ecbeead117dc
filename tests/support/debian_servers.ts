import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { getActiveTest } from '@japa/runner'
import { freePort } from '#demo/processes/ports'
import { until } from '#tests/support/delivery'

/** Servers that are no npm packages: tests with them run where Debian's package is installed. */
export const DEBIAN_SERVERS = ['redis-server', 'pgbouncer'] as const

export type DebianServer = (typeof DEBIAN_SERVERS)[number]

export const isInstalled = (server: DebianServer) => !spawnSync(server, ['--version']).error

/** A Redis in memory, which can be ended and started again at the same port. Ends with the test. */
export class RedisServer {
  #process?: ChildProcess

  static async start() {
    const redis = new RedisServer(await freePort())
    getActiveTest()?.cleanup(() => redis.stop())
    await redis.start()
    return redis
  }

  private constructor(private readonly port: number) {}

  /** For REDIS_URL. */
  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  async start() {
    const settings = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    this.#process = spawn('redis-server', ['--port', String(this.port), ...settings], {
      stdio: 'ignore',
    })
    await until(() => isListening(this.port))
  }

  async stop() {
    const server = this.#process
    this.#process = undefined
    if (server && server.exitCode === null && server.kill('SIGKILL')) await once(server, 'exit')
  }
}

export async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
