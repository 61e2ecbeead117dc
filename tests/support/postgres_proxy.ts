import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { getActiveTest } from '@japa/runner'

/**
 * Stands between a process and PostgreSQL, and lets connections fall silent as a failover or a
 * firewall does that forgets them: no FIN, no RST, nothing is answered any more. New ones work.
 */
export class PostgresProxy {
  readonly #server: Server
  readonly #target: URL
  readonly #pairs = new Set<[Socket, Socket]>()

  static async start(databaseUrl: string) {
    const proxy = new PostgresProxy(new URL(databaseUrl))
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    getActiveTest()?.cleanup(() => proxy.#stop())
    return proxy
  }

  private constructor(target: URL) {
    this.#target = target
    this.#server = createServer((client) => this.#join(client))
  }

  /** For DATABASE_URL. */
  get url(): string {
    const url = new URL(this.#target)
    url.host = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return url.href
  }

  /** Lets all connections of now fall silent. Answers how many there are. */
  silence(): number {
    for (const [client, server] of this.#pairs) {
      client.unpipe(server)
      server.unpipe(client)
      // What still comes is read and forgotten, so that TCP itself sees nothing.
      client.resume()
      server.resume()
    }
    return this.#pairs.size
  }

  /** Ends all connections of now, as a server does that is restarted. */
  cut() {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy()
  }

  #join(client: Socket) {
    const server = connect(Number(this.#target.port || 5432), this.#target.hostname)
    const pair: [Socket, Socket] = [client, server]
    this.#pairs.add(pair)
    client.pipe(server)
    server.pipe(client)
    for (const socket of pair) {
      socket.on('error', () => {})
      socket.once('close', () => {
        this.#pairs.delete(pair)
        for (const other of pair) other.destroy()
      })
    }
  }

  #stop() {
    this.cut()
    this.#server.close()
  }
}
