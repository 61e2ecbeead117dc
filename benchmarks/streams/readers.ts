import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Connections that are made at once. */
const AT_ONCE = 50

/** As an event tells when it happened, in epoch milliseconds. */
const HAPPENED = /"event_time":(\d+)/g

/** Readers of an event stream, which note how long after it happened each of them has an event. */
export class Readers {
  /** Milliseconds, of all readers. */
  readonly waits: number[] = []
  readonly #sockets: Socket[] = []
  #refused = 0

  constructor(
    private readonly port: number,
    private readonly path: string
  ) {}

  /** @param address whose they are, as a proxy says it; of this machine unless given */
  async open(count: number, address?: string) {
    const from = address ? `x-forwarded-for: ${address}\r\n` : ''
    const request = `GET ${this.path} HTTP/1.1\r\nhost: localhost\r\n${from}\r\n`
    for (let opened = 0; opened < count; opened += AT_ONCE) {
      const some = Math.min(AT_ONCE, count - opened)
      await Promise.all(Array.from({ length: some }, () => this.#openOne(request)))
    }
  }

  get refused(): number {
    return this.#refused
  }

  close() {
    for (const socket of this.#sockets) socket.destroy()
  }

  /** Resolves with the first bytes of the answer. */
  async #openOne(request: string) {
    const socket = connect(this.port, '127.0.0.1', () => socket.write(request))
    socket.on('error', () => {})
    this.#sockets.push(socket)
    const [head] = await once(socket, 'data')
    if (!String(head).startsWith('HTTP/1.1 200')) this.#refused++
    socket.on('data', (chunk) => this.#note(String(chunk)))
  }

  #note(text: string) {
    const now = Date.now()
    for (const [, at] of text.matchAll(HAPPENED)) this.waits.push(now - Number(at))
  }
}
