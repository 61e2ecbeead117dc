import type { Clock } from '#foundation/clock'
import { OkxFailure, reasonOfCode } from '#collectors/okx/okx_failure'
import { closedBecause } from '#collectors/okx/stream/close_codes'
import type { Connect } from '#collectors/okx/stream/connect'
import { CLOSING_SOON, readMessage, type OkxMessage, type OkxPush } from '#sources/okx/message'

/** After how long without a message OKX is pinged, and the connection counts as lost, in milliseconds. */
const PING_AFTER_MS = 20_000
const DEAD_AFTER_MS = 30_000

/** How long OKX may take to close a connection that we have closed, in milliseconds. */
const CLOSE_MS = 3_000

export interface StreamParts {
  url: string
  connect: Connect
  clock: Clock
  onPush: (push: OkxPush) => void
  /** Is told of messages that are not known. */
  onUnknown: (kind: string, value: string, raw: string) => void
}

interface Waiting {
  isIt: (message: OkxMessage) => boolean
  found: (message: OkxMessage | null) => void
}

/**
 * One connection to the private stream: what comes over it, whether it lives, and why it ended. It
 * ends once, for the first reason.
 */
export class OkxStream {
  readonly #parts: StreamParts
  readonly #socket: WebSocket
  readonly #destroy: () => void
  readonly #ending = new AbortController()
  readonly #closingSoon = new AbortController()
  readonly #closed = new AbortController()
  #failure: OkxFailure | null = null
  #waiting: Waiting[] = []
  #heardAt: number

  constructor(parts: StreamParts) {
    const { socket, destroy } = parts.connect(parts.url)
    this.#parts = parts
    this.#socket = socket
    this.#destroy = destroy
    this.#heardAt = parts.clock.elapsed()
    socket.addEventListener('message', ({ data }) => this.#receive(String(data)))
    socket.addEventListener('close', ({ code, reason }) => {
      this.end(closedBecause(code, reason))
      this.#closed.abort()
    })
    // The reason comes with `close`.
    socket.addEventListener('error', () => {})
    void this.#watch()
  }

  /** Aborts when the connection has ended. */
  get ended(): AbortSignal {
    return this.#ending.signal
  }

  /** Aborts when OKX says that it will close the connection within a minute. */
  get closingSoon(): AbortSignal {
    return this.#closingSoon.signal
  }

  /** When something came over it last, by `elapsed`. */
  get heardAt(): number {
    return this.#heardAt
  }

  /** Why it ended; null while it has not. */
  get failure(): OkxFailure | null {
    return this.#failure
  }

  send(text: string) {
    if (this.#socket.readyState === 1) this.#socket.send(text)
  }

  /** Resolves when the connection is open. @throws OkxFailure after `ms` milliseconds, or when it ended */
  async opened(ms: number) {
    const opened = new AbortController()
    this.#socket.addEventListener('open', () => opened.abort())
    await this.#parts.clock.sleep(ms, AbortSignal.any([opened.signal, this.ended]))
    if (this.#failure) throw this.#failure
    if (!opened.signal.aborted)
      throw this.end(new OkxFailure('unreachable', 'no connection in time'))
  }

  /**
   * The first message from now on that is the one, or null when it did not come within `ms`
   * milliseconds.
   *
   * @throws OkxFailure what OKX says instead, or why the connection ended
   */
  async next(isIt: (message: OkxMessage) => boolean, ms: number): Promise<OkxMessage | null> {
    const { clock } = this.#parts
    const over = new AbortController()
    const message = await new Promise<OkxMessage | null>((found) => {
      this.#waiting.push({ isIt: (one) => one.kind === 'error' || isIt(one), found })
      const signal = AbortSignal.any([over.signal, this.ended])
      void clock.sleep(ms, signal).then(() => found(null))
    })
    over.abort()
    if (message?.kind === 'error') {
      throw this.end(
        new OkxFailure(
          reasonOfCode(message.code),
          `${message.text} (${message.code})`,
          message.code
        )
      )
    }
    if (message === null && this.#failure) throw this.#failure
    return message
  }

  /** Ends the connection for this reason, unless it has ended before; answers why it ended. */
  end(failure: OkxFailure): OkxFailure {
    if (this.#failure) {
      return this.#failure
    }
    this.#failure = failure
    this.#ending.abort()
    this.#waiting.splice(0).forEach(({ found }) => found(null))
    this.#socket.close()
    void this.#parts.clock.sleep(CLOSE_MS, this.#closed.signal).then(this.#destroy)
    return failure
  }

  #receive(text: string) {
    if (this.#failure) return
    this.#heardAt = this.#parts.clock.elapsed()
    const message = readMessage(text)
    if (message.kind === 'push') {
      this.#parts.onPush(message)
    } else if (!this.#isAwaited(message)) {
      this.#note(message, text)
    }
  }

  #isAwaited(message: OkxMessage): boolean {
    const found = this.#waiting.filter(({ isIt }) => isIt(message))
    this.#waiting = this.#waiting.filter((one) => !found.includes(one))
    found.forEach((one) => one.found(message))
    return found.length > 0
  }

  #note(message: OkxMessage, text: string) {
    const { onUnknown } = this.#parts
    if (message.kind === 'notice' && message.code === CLOSING_SOON) {
      this.#closingSoon.abort()
    } else if (message.kind === 'error' || message.kind === 'notice') {
      onUnknown(`stream ${message.kind}`, message.code, text)
    } else if (message.kind === 'unknown') {
      onUnknown('message', message.what, message.raw)
    }
  }

  /** Pings when no message comes, and closes the connection when no answer does. */
  async #watch() {
    const { clock } = this.#parts
    let pingedAt = -Infinity
    while (!this.ended.aborted) {
      const quietMs = clock.elapsed() - this.#heardAt
      if (quietMs >= DEAD_AFTER_MS) {
        this.end(new OkxFailure('silent', `nothing came for ${DEAD_AFTER_MS / 1000} s`))
        return
      }
      if (quietMs >= PING_AFTER_MS && pingedAt <= this.#heardAt) {
        this.send('ping')
        pingedAt = clock.elapsed()
      }
      const next = quietMs < PING_AFTER_MS ? PING_AFTER_MS : DEAD_AFTER_MS
      await clock.sleep(next - quietMs, this.ended)
    }
  }
}
