import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import env from '#start/env'
import { getActiveTest } from '@japa/runner'

/** Whether the tests run on PostgreSQL: SQLite is a file, there is no server that could be away. */
export const isOnPostgres = env.get('DB_CONNECTION') === 'pg'

/** Stands between a program and the PostgreSQL of the tests, which can so be away, or fall silent. */
export class PostgresProxy {
  readonly #target = new URL(env.get('DATABASE_URL')!)
  readonly #pairs = new Set<readonly [Socket, Socket]>()
  #server?: Server
  /** Where it listens, also after it was cut and restored. */
  #port = 0

  /** Passes everything on until the test ends. */
  static async start() {
    const proxy = new PostgresProxy()
    getActiveTest()?.cleanup(() => proxy.cut())
    await proxy.restore()
    return proxy
  }

  /** For DATABASE_URL. */
  get url(): string {
    const url = new URL(this.#target)
    url.host = `127.0.0.1:${this.#port}`
    return url.href
  }

  /**
   * Lets all connections of now fall silent, as a failover or a firewall does that forgets them: no
   * FIN, no RST, nothing is answered any more. New ones work. Answers how many there are.
   */
  silence(): number {
    for (const [client, onward] of this.#pairs) {
      client.unpipe(onward)
      onward.unpipe(client)
      // What still comes is read and forgotten, so that TCP itself sees nothing.
      client.resume()
      onward.resume()
    }
    return this.#pairs.size
  }

  /** Breaks every connection; new ones are refused. */
  cut() {
    this.#server?.close()
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy()
  }

  /** Listens again. */
  async restore() {
    this.#server = createServer((client) => this.#join(client)).listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  #join(client: Socket) {
    const onward = connect(Number(this.#target.port || 5432), this.#target.hostname)
    const pair = [client, onward] as const
    this.#pairs.add(pair)
    client.pipe(onward)
    onward.pipe(client)
    for (const socket of pair) {
      socket.on('error', () => {})
      socket.once('close', () => {
        this.#pairs.delete(pair)
        for (const other of pair) other.destroy()
      })
    }
  }
}
