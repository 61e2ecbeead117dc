import type { Clock } from '#foundation/clock'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** How long one audit waits for endpoints that limit requests, in all, in milliseconds. */
const LONGEST_WAITS_MS = 120_000

/** The shortest wait, in milliseconds: an endpoint may name one that is over. */
const SHORTEST_WAIT_MS = 100

/** Is told whom an audit waits for, and for how many milliseconds. */
export type OnWait = (endpoints: string[], ms: number) => void

export function waitInWords(endpoints: string[], ms: number): string {
  return `waiting ${Math.ceil(ms / 1000)} s for ${endpoints.join(', ')}, which limits requests`
}

/** How long an audit still waits for witnesses that want to be left alone for a while. */
export class AuditPatience {
  #leftMs = LONGEST_WAITS_MS

  constructor(
    private readonly endpoints: EndpointPool,
    private readonly clock: Clock,
    private readonly onWait: OnWait = () => {},
    private readonly signal?: AbortSignal
  ) {}

  /**
   * Does work again after a wait, as long as it is not complete and an endpoint that limits requests may
   * help. What it came to in the end is answered, or thrown.
   *
   * @throws RpcFailure
   */
  async until<T>(isComplete: (done: T) => boolean, work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const done = await work()
        if (isComplete(done) || !(await this.#waitForThrottled())) return done
      } catch (error) {
        const isThrottled = error instanceof RpcFailure && error.kind === 'rate'
        if (!isThrottled || !(await this.#waitForThrottled())) throw error
      }
    }
  }

  /** @returns false where none limits requests now, or where that would take too long */
  async #waitForThrottled(): Promise<boolean> {
    const now = this.clock.now()
    const waits = this.endpoints.endpoints.map(({ name, health }) => ({
      name,
      ms: health.lastFailure?.kind === 'rate' ? health.pausedUntil - now : 0,
    }))
    const throttled = waits.filter(({ ms }) => ms > 0)
    const ms = Math.max(SHORTEST_WAIT_MS, Math.min(...throttled.map((each) => each.ms)))
    if (throttled.length === 0 || ms > this.#leftMs || this.signal?.aborted) {
      return false
    }
    this.#leftMs -= ms
    this.onWait(
      throttled.map(({ name }) => name),
      ms
    )
    await this.clock.sleep(ms, this.signal)
    return !this.signal?.aborted
  }
}
