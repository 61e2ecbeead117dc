import type { RpcFailure } from '#scanner/endpoints/rpc_failure'

/** First pause after a failure, and the longest, in milliseconds. */
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 30_000

/** What is remembered of one endpoint's behaviour. */
export class EndpointHealth {
  #failuresInARow = 0
  #pausedUntil = 0
  #servesLogs = true
  #latencyMs = 0
  lastFailure?: RpcFailure

  /** Smoothed time of an answer, in milliseconds; 0 before the first. */
  get latencyMs() {
    return this.#latencyMs
  }

  get servesLogs() {
    return this.#servesLogs
  }

  /** Epoch milliseconds until which the endpoint is left alone. */
  get pausedUntil() {
    return this.#pausedUntil
  }

  succeeded(latencyMs: number) {
    this.#failuresInARow = 0
    this.#latencyMs = this.#latencyMs ? this.#latencyMs * 0.8 + latencyMs * 0.2 : latencyMs
  }

  /** Too wide a range and a lagging backend are answers, not faults: only the rest pauses. */
  failed(failure: RpcFailure, now: number) {
    this.lastFailure = failure
    if (failure.kind === 'no_logs') {
      this.#servesLogs = false
    }
    if (failure.kind === 'range' || failure.kind === 'lagging') {
      return
    }

    const doubled = FIRST_PAUSE_MS * 2 ** this.#failuresInARow++
    this.#pausedUntil =
      now + Math.max(failure.retryAfterMs ?? 0, Math.min(doubled, LONGEST_PAUSE_MS))
  }
}
