import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getActiveTest } from '@japa/runner'
import env from '#start/env'
import { freePort } from '#demo/processes/ports'
import { until } from '#tests/support/delivery'

/** Servers that are no npm packages: tests with them run where Debian's package is installed. */
export const DEBIAN_SERVERS = ['redis-server', 'pgbouncer', 'sshd'] as const

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

  /** Lets it answer nothing, without an end of any connection, as a cable that is pulled. */
  silence() {
    this.#process!.kill('SIGSTOP')
  }

  wake() {
    this.#process!.kill('SIGCONT')
  }

  async stop() {
    const server = this.#process
    this.#process = undefined
    if (server && server.exitCode === null && server.kill('SIGKILL')) await once(server, 'exit')
  }
}

/** A pooler in front of the PostgreSQL of the tests. Ends with the test. */
export async function startPgbouncer(mode: 'transaction' | 'session'): Promise<{ url: string }> {
  const target = new URL(env.get('DATABASE_URL')!)
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'regou-pgbouncer-'))
  const place = `host=${target.hostname} port=${target.port || 5432} user=${target.username}`
  const password = target.password && ` password=${decodeURIComponent(target.password)}`
  const settings = [
    '[databases]',
    `* = ${place}${password}`,
    '[pgbouncer]',
    `pool_mode = ${mode}`,
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'default_pool_size = 10',
  ]
  const file = join(folder, 'pgbouncer.ini')
  await writeFile(file, settings.join('\n'))
  await chmod(folder, 0o755)
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const server = spawn('pgbouncer', [...user, file], { stdio: 'ignore' })
  const ended = once(server, 'exit')
  getActiveTest()?.cleanup(async () => {
    server.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true })
  })
  await until(() => isListening(port))
  const url = new URL(target)
  url.host = `127.0.0.1:${port}`
  return { url: url.href }
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
