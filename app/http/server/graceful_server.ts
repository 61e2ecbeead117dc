import { setTimeout as sleep } from 'node:timers/promises'
import { Server, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** In milliseconds. */
interface StopTimes {
  /** How long it goes on answering on open connections, so that each can be told. */
  tellingMs: number
  /** How long after that a request may take to arrive whole. */
  arrivingMs: number
}

const STOP_TIMES: StopTimes = { tellingMs: 1000, arrivingMs: 2000 }

/** Time between two looks at what has become idle, in milliseconds. */
const LOOK_MS = 25

/**
 * A server that loses no request when it stops. A connection that is closed at once may carry a
 * request at that moment, which its client cannot know to be unread, so that no proxy sends a POST
 * again. First every answer says `Connection: close`; then what is idle is closed, and what becomes
 * idle; a request that does not arrive whole is cut.
 */
export class GracefulServer extends Server {
  readonly #responses = new Set<ServerResponse<IncomingMessage>>()
  readonly #sockets = new Set<Socket>()
  #isStopping = false

  constructor(
    listener: RequestListener,
    private readonly times = STOP_TIMES
  ) {
    // A request without a host is refused with a body (plain_answers.ts), which Node.js has none for.
    super({ requireHostHeader: false })
    this.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    this.on('request', (request, response) => {
      this.#responses.add(response)
      response.once('close', () => this.#responses.delete(response))
      response.shouldKeepAlive &&= !this.#isStopping
      return listener(request, response)
    })
  }

  /** Ends as `Server` does, once everything under way is answered. */
  close(callback?: (error?: Error) => void): this {
    if (this.#isStopping || !this.listening) return super.close(callback)

    this.#isStopping = true
    for (const response of this.#responses) response.shouldKeepAlive = false
    void this.#drain(callback)
    return this
  }

  async #drain(callback?: (error?: Error) => void) {
    await this.#lookUntilEmpty(this.times.tellingMs, () => {})

    super.close(callback)
    await this.#lookUntilEmpty(this.times.arrivingMs, () => this.closeIdleConnections())
    this.#cutUnfinished()
    await this.#lookUntilEmpty(Infinity, () => this.closeIdleConnections())
  }

  async #lookUntilEmpty(forMs: number, look: () => void) {
    for (let waited = 0; waited < forMs && this.#sockets.size > 0; waited += LOOK_MS) {
      look()
      await sleep(LOOK_MS)
    }
  }

  /** Ends the connections on which no whole request waits for its answer. */
  #cutUnfinished() {
    const answering = [...this.#responses].filter(({ req }) => req.complete)
    const kept = new Set(answering.map(({ socket }) => socket))
    for (const socket of this.#sockets) if (!kept.has(socket)) socket.destroy()
  }
}
