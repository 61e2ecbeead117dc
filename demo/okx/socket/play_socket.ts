import type { Session, Wire } from '#demo/okx/socket/session'

/**
 * The client's end of a connection within this process, with the interface of the `WebSocket` that
 * browsers and Node.js have. Messages arrive in their order, after what runs now.
 */
export class PlaySocket extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  readyState: number = PlaySocket.CONNECTING
  #session: Session | null = null

  /** @param join lets the connection in, or answers null */
  constructor(
    readonly url: string,
    join: (wire: Wire) => Session | null
  ) {
    super()
    queueMicrotask(() => {
      if (this.readyState !== PlaySocket.CONNECTING) return
      this.#session = join(this.#wire())
      if (!this.#session) return this.#end(1006, '')
      this.readyState = PlaySocket.OPEN
      this.dispatchEvent(new Event('open'))
    })
  }

  send(text: string) {
    if (this.readyState === PlaySocket.OPEN) queueMicrotask(() => this.#session?.receive(text))
  }

  close(code = 1000, reason = '') {
    if (this.readyState >= PlaySocket.CLOSING) return
    this.readyState = PlaySocket.CLOSING
    this.#session?.leave()
    queueMicrotask(() => this.#end(code, reason))
  }

  #wire(): Wire {
    return {
      send: (text) => queueMicrotask(() => this.#hear(text)),
      close: (code, reason) => queueMicrotask(() => this.#end(code, reason)),
      terminate: () => queueMicrotask(() => this.#end(1006, '')),
    }
  }

  #hear(data: string) {
    if (this.readyState === PlaySocket.OPEN)
      this.dispatchEvent(new MessageEvent('message', { data }))
  }

  #end(code: number, reason: string) {
    if (this.readyState === PlaySocket.CLOSED) return
    this.readyState = PlaySocket.CLOSED
    this.#session = null
    if (code === 1006) this.dispatchEvent(new Event('error'))
    this.dispatchEvent(new CloseEvent('close', { code, reason, wasClean: code !== 1006 }))
  }
}
