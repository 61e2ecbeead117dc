import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { WebSocketServer } from 'ws'
import { systemClock, type Clock } from '#foundation/clock'
import { Allowance } from '#demo/okx/allowance'
import { RestFaults } from '#demo/okx/faults'
import { RestApi } from '#demo/okx/rest/rest_api'
import { PlaySocket } from '#demo/okx/socket/play_socket'
import { CHANNELS } from '#demo/okx/socket/channels'
import { Session, type Wire } from '#demo/okx/socket/session'
import { Venue } from '#demo/okx/venue'
import { Random } from '#demo/market/random'

interface LocalOkxOptions {
  clock?: Clock
  random?: Random
}

/** Where the venue listens on this machine. */
export interface OkxPlace {
  restUrl: string
  wsUrl: string
}

const SOCKET_PATH = /^\/ws\/v5\/(\w+)$/

/** How often the venue does what time has brought, once it listens, in milliseconds. */
const TICK_MS = 50

/** The address that requests within this process come from. */
const HERE = '127.0.0.1'

/**
 * OKX as far as an account's orders and balances go, on this machine: REST and WebSocket, in this
 * process or over a port. It is for the demo, for tests and for benchmarks.
 */
export class LocalOkx {
  readonly venue: Venue
  readonly faults = new RestFaults()
  readonly #rest: RestApi
  readonly #opening: Allowance
  readonly #closing = new AbortController()
  #server?: Server

  constructor({ clock = systemClock, random = new Random(1) }: LocalOkxOptions = {}) {
    this.venue = new Venue(clock, random)
    this.#rest = new RestApi(this.venue)
    this.#opening = new Allowance(() => this.venue.knobs.connectsPerSecond, 1000)
  }

  /** As the global `fetch`, whatever the host in the address. */
  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    const body = request.method === 'POST' ? await request.text() : ''
    const reply = this.#reply(request.method, url, body, request.headers, HERE)
    if (reply === 'drop') throw new TypeError('fetch failed')
    if (reply === 'silence') {
      await new Promise((_, reject) =>
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
      )
    }
    const { status, body: answer } = reply as Reply
    return new Response(answer, { status, headers: { 'content-type': 'application/json' } })
  }

  /** As `new WebSocket(url)`, whatever the host in the address. */
  readonly connect = (url: string | URL): WebSocket =>
    new PlaySocket(String(url), (wire) => this.#join(wire, new URL(url))) as unknown as WebSocket

  /** Starts to listen, on a port of its own or on the one given. */
  async listen(port = 0): Promise<OkxPlace> {
    this.#server = createServer((request, response) => void this.#serve(request, response))
    const sockets = new WebSocketServer({ noServer: true })
    this.#server.on('upgrade', (request, socket, head) =>
      this.#upgrade(sockets, request, socket, head)
    )
    this.#server.listen(port, HERE)
    await once(this.#server, 'listening')
    const ticking = setInterval(() => this.venue.tick(), TICK_MS)
    this.#closing.signal.addEventListener('abort', () => clearInterval(ticking))
    const host = `${HERE}:${(this.#server.address() as AddressInfo).port}`
    return { restUrl: `http://${host}`, wsUrl: `ws://${host}` }
  }

  async close() {
    this.#closing.abort()
    this.venue.sessions.forEach((session) => session.cut())
    this.#server?.closeAllConnections()
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve(null)))
  }

  /** The notice 64008 on every connection that gets one, and after so many milliseconds the cut. */
  upgradeService(afterMs = 60_000) {
    this.venue.sessions.forEach((session) => session.announceUpgrade(afterMs))
  }

  /** Cuts every connection without a word. */
  cut() {
    this.venue.sessions.forEach((session) => session.cut())
  }

  /** Connections stay open, and nothing comes over them any more. */
  fallSilent() {
    this.venue.sessions.forEach((session) => (session.isSilent = true))
  }

  /** Lets a connection in, unless there were too many in the last second. */
  #join(wire: Wire, url: URL): Session | null {
    const { venue } = this
    const kind = SOCKET_PATH.exec(url.pathname)?.[1]
    if (!kind || !CHANNELS[kind] || venue.maintenance.isOn || !this.#opening.mayDo(venue.now()))
      return null
    const session = new Session(venue, wire, url)
    venue.sessions.add(session)
    return session
  }

  #upgrade(sockets: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer) {
    const url = new URL(request.url!, `ws://${request.headers.host}`)
    let end: Wire | null = null
    // The session is made first: a connection that is refused is never upgraded.
    const session = this.#join(
      {
        send: (message) => end?.send(message),
        close: (code, reason) => end?.close(code, reason),
        terminate: () => end?.terminate(),
      },
      url
    )
    if (!session) {
      socket.end('HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      end = opened
      opened.on('message', (message) => session.receive(String(message)))
      opened.on('close', () => session.leave())
      opened.on('error', () => session.leave())
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const body = request.method === 'POST' ? await text(request) : ''
    const url = new URL(request.url!, `http://${request.headers.host}`)
    const headers = new Headers(request.headers as Record<string, string>)
    const reply = this.#reply(request.method!, url, body, headers, request.socket.remoteAddress!)
    if (reply === 'silence') return
    if (reply === 'drop') return void response.destroy()
    response.writeHead(reply.status, { 'content-type': 'application/json' })
    response.end(reply.body)
  }

  #reply(method: string, url: URL, body: string, headers: Headers, ip: string) {
    const path = url.pathname + url.search
    const fault = this.faults.take(url.pathname)
    if (fault === 'drop' || fault === 'silence') return fault
    if (typeof fault === 'number') return { status: fault, body: '<html><body>error</body></html>' }
    if (typeof fault === 'object') return { status: 200, body: JSON.stringify(fault) }
    const answer = this.#rest.answer({ method, path, body, headers, host: url.hostname, ip })
    const json = JSON.stringify(answer.body)
    return {
      status: answer.status,
      body: fault === 'garbage' ? json.slice(0, json.length / 2) : json,
    }
  }
}

interface Reply {
  status: number
  body: string
}
