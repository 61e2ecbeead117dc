import { connect, isIPv6 } from 'node:net'
import type { Socket } from 'node:net'

/** How long the next address waits for the one before it, in milliseconds (RFC 8305). */
const HEAD_START_MS = 250

/** A name may have any number of addresses; no more than so many are tried. */
const MOST_ADDRESSES = 8

/** As undici opens its sockets. */
const SOCKET_OPTIONS = {
  highWaterMark: 65_536,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: 60_000,
}

interface Try {
  address: string
  socket: Socket
  /** By `performance.now()`. */
  startedAt: number
  /** Set once it has failed. */
  error?: NodeJS.ErrnoException
  tookMs?: number
}

/** No address of a receiver could be connected to. */
class NoConnection extends Error {
  constructor(
    message: string,
    readonly code: string | undefined
  ) {
    super(message)
  }
}

/**
 * Connects to whichever address of a receiver answers first. The next one is tried when the one
 * before it has failed, or has said nothing for a quarter of a second; it goes on being tried beside
 * it. Node.js would give it up, and with it every receiver that is far away: docs/adr/0026.
 */
export class AddressRace {
  readonly #waiting: string[]
  readonly #port: number
  readonly #settle: (result: Socket | Error) => void
  readonly #tries: Try[] = []
  #timer?: NodeJS.Timeout

  /**
   * @param addresses IPv4 and IPv6, the preferred first; at least one
   * @param settle is called once with a connected socket, or with what was wrong with each address
   */
  constructor(
    addresses: readonly string[],
    port: number,
    settle: (result: Socket | Error) => void
  ) {
    this.#waiting = alternating(addresses).slice(0, MOST_ADDRESSES)
    this.#port = port
    this.#settle = settle
    this.#tryNext()
  }

  /** Each address so far, with what came of it and how long it was tried. */
  get report(): string {
    return this.#tries.map((one) => reportOf(one, this.#port)).join('; ')
  }

  /** Gives up every address; nothing is settled after it. */
  stop() {
    clearTimeout(this.#timer)
    this.#tries.forEach(({ socket }) => socket.destroy())
  }

  #tryNext() {
    clearTimeout(this.#timer)
    const address = this.#waiting.shift()
    if (address === undefined) {
      return
    }
    const socket = connect({ ...SOCKET_OPTIONS, host: address, port: this.#port })
    const attempt: Try = { address, socket, startedAt: performance.now() }
    this.#tries.push(attempt)
    socket.once('connect', () => this.#win(socket))
    socket.once('error', (error) => this.#lose(attempt, error))
    if (this.#waiting.length > 0) {
      this.#timer = setTimeout(() => this.#tryNext(), HEAD_START_MS)
    }
  }

  #win(socket: Socket) {
    clearTimeout(this.#timer)
    socket.removeAllListeners('error')
    this.#tries.filter((one) => one.socket !== socket).forEach((one) => one.socket.destroy())
    this.#settle(socket)
  }

  #lose(attempt: Try, error: Error) {
    attempt.error = error
    attempt.tookMs = performance.now() - attempt.startedAt
    this.#tryNext()
    if (this.#tries.every((one) => one.error)) {
      this.#settle(new NoConnection(this.report, codeOf(this.#tries[0]!)))
    }
  }
}

/** A machine without IPv6 says that it has no such address of its own: it does not reach theirs. */
function codeOf({ address, error }: Try): string | undefined {
  return error!.code === 'EADDRNOTAVAIL' && isIPv6(address) ? 'ENETUNREACH' : error!.code
}

/** The families by turns, that of the first address first, so that a broken one costs little time. */
function alternating(addresses: readonly string[]): string[] {
  const isFirstFamily = (address: string) => isIPv6(address) === isIPv6(addresses[0]!)
  const first = addresses.filter(isFirstFamily)
  const other = addresses.filter((address) => !isFirstFamily(address))
  const rows = Array.from({ length: addresses.length }, (_, row) => [first[row], other[row]])
  return rows.flat().filter((address) => address !== undefined)
}

function reportOf({ address, startedAt, error, tookMs }: Try, port: number): string {
  const place = isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`
  const ms = Math.round(tookMs ?? performance.now() - startedAt)
  return error
    ? `${place}: ${error.code ?? error.message} after ${ms} ms`
    : `${place} did not answer within ${ms} ms`
}
