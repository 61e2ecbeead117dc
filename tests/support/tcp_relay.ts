import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { TestContext } from '@japa/runner/core'

/** Stands between a program and a server, which can so be away and back again. */
export class TcpRelay {
  readonly #sockets = new Set<Socket>()
  #server?: Server

  /** Passes everything on to the server at `host` and `port` until the test ends. */
  static async start(test: TestContext['test'], host: string, port: number) {
    const relay = new TcpRelay(host, port)
    test.cleanup(() => relay.cut())
    await relay.restore()
    return relay
  }

  private constructor(
    private readonly host: string,
    private readonly serverPort: number
  ) {}

  /** Where it listens, also after it was cut and restored. */
  port = 0

  /** Breaks every connection; new ones are refused. */
  cut() {
    this.#server?.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  async restore() {
    this.#server = createServer((client) => this.#join(client)).listen(this.port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.port = (this.#server.address() as AddressInfo).port
  }

  #join(client: Socket) {
    const onward = connect(this.serverPort, this.host)
    for (const [socket, other] of [
      [client, onward],
      [onward, client],
    ] as const) {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        this.#sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  }
}
