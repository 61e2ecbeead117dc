import { Agent, WebSocket as AgentSocket } from 'undici'
import type { Clock } from '#foundation/clock'

/** A WebSocket that is being opened, and a way to end it without a close frame. */
export interface Connecting {
  socket: WebSocket
  destroy: () => void
}

/** How a WebSocket is opened. */
export type Connect = (url: string) => Connecting

/** Each has connections of its own: a dead one is ended with them, without waiting for its answer. */
export const connectOverNetwork: Connect = (url) => {
  const agent = new Agent({ allowH2: false, connect: { timeout: 10_000 } })
  const socket = new AgentSocket(url, { dispatcher: agent }) as unknown as WebSocket
  return { socket, destroy: () => void agent.destroy() }
}

/** OKX lets in three connections a second from an address; one leaves room for others there. */
const BETWEEN_MS = 1000

/** Lets the connections of all accounts begin one after the other. */
export class ConnectPace {
  #nextAt = -Infinity

  constructor(private readonly clock: Clock) {}

  /** Resolves when a connection may begin, or the signal aborts. */
  async turn(signal: AbortSignal) {
    const now = this.clock.elapsed()
    const at = Math.max(now, this.#nextAt)
    this.#nextAt = at + BETWEEN_MS
    if (at > now) await this.clock.sleep(at - now, signal)
  }

  /** As `turn`, for connections that may wait until no other does. */
  async spareTurn(signal: AbortSignal) {
    for (;;) {
      const waitMs = this.#nextAt - this.clock.elapsed()
      if (waitMs <= 0 || signal.aborted) return this.turn(signal)
      await this.clock.sleep(waitMs, signal)
    }
  }
}
