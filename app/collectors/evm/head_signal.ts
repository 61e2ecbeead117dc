import { backoff } from '#foundation/backoff'
import type { Clock } from '#foundation/clock'
import { every } from '#foundation/every'
import type { Endpoint, PushTransport } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { headerOf, type BlockHeader } from '#foundation/rpc/block_header'

/** A subscription that announced a block so recently is trusted to announce the next, in milliseconds. */
const TRUSTED_MS = 3_000

/** How much longer to wait for a trusted subscription than without one. */
const PATIENCE = 4

/** A subscription without a block for so long counts as broken, in milliseconds: not every cut is reported. */
const SILENT_MS = 15_000

/** Waits before subscribing again, in milliseconds: longer as long as no block is announced. */
const RESUBSCRIBING = { firstMs: 1_000, longestMs: 60_000 }

/** Heads that are remembered, to tell the same one from a new one: endpoints repeat them. */
const REMEMBERED_HEADS = 64

/** The shortest time between two wakes, in milliseconds, however many heads are announced. */
const SHORTEST_WAIT_MS = 50

/** A new block, and the endpoint that announced it. */
export interface PushedHead {
  endpoint: Endpoint
  header: BlockHeader
}

/**
 * Tells when the chain has a new block: at once where an endpoint speaks WebSocket, else after
 * the chain's own block time. A subscription only shortens the wait; without one the chain is polled.
 */
export class HeadSignal {
  #pushed?: PushedHead
  #wake = () => {}
  #isNews = false
  #pushedAt = -Infinity
  #wokenAt = -Infinity
  readonly #seen = new Set<string>()

  constructor(
    private readonly endpoints: EndpointPool,
    private readonly clock: Clock
  ) {}

  /** The newest head that was pushed since the last call. */
  takePushed(): PushedHead | undefined {
    const pushed = this.#pushed
    this.#pushed = undefined
    return pushed
  }

  /** Subscribes to every endpoint that pushes, again and again until the signal aborts. */
  async listen(signal: AbortSignal): Promise<void> {
    await Promise.all(
      this.endpoints.endpoints.map(async (endpoint) => {
        const { pushTransport } = endpoint
        if (pushTransport) {
          let failures = 0
          const subscribe = async () => {
            const announced = await this.#subscribe(endpoint, pushTransport, signal)
            failures = announced > 0 ? 0 : failures + 1
            return backoff(RESUBSCRIBING, Math.max(0, failures - 1))
          }
          const { clock } = this
          await every(RESUBSCRIBING.firstMs, subscribe, { clock, signal, isLasting: true })
        }
      })
    )
  }

  /**
   * Resolves at the next new block that is pushed, after about `blockTimeMs` milliseconds, or when the signal
   * aborts. While blocks are being pushed, that time is longer.
   */
  async next(blockTimeMs: number, signal: AbortSignal) {
    const isPushing = this.clock.elapsed() - this.#pushedAt < TRUSTED_MS
    const maxMs = isPushing ? blockTimeMs * PATIENCE : blockTimeMs

    if (!this.#isNews) {
      const woken = new AbortController()
      this.#wake = () => woken.abort()
      await this.clock.sleep(maxMs, AbortSignal.any([signal, woken.signal]))
    }
    if (this.#isNews && !signal.aborted) {
      await this.#spaceOut(signal)
    }
    this.#isNews = false
  }

  /** However many heads are announced, they cost no more than so much work. */
  async #spaceOut(signal: AbortSignal) {
    const early = this.#wokenAt + SHORTEST_WAIT_MS - this.clock.elapsed()
    if (early > 0) {
      await this.clock.sleep(early, signal)
    }
    this.#wokenAt = this.clock.elapsed()
  }

  /**
   * Resolves when the subscription has broken or fallen silent, or the signal aborts.
   *
   * @returns how many heads were announced
   */
  async #subscribe(
    endpoint: Endpoint,
    transport: PushTransport,
    signal: AbortSignal
  ): Promise<number> {
    const broken = new AbortController()
    const ended = AbortSignal.any([signal, broken.signal, endpoint.closing])
    let announced = 0
    try {
      const subscribing = endpoint.connect().then(async (connection) => {
        // A new connection has to name its chain before anything of it is used.
        await this.endpoints.askOnly(endpoint, async () => {})
        await transport.subscribe({
          params: ['newHeads'],
          onData: ({ result }) => {
            const header = headerOf(endpoint, result)
            if (header) {
              announced++
              this.#receive({ endpoint, header })
            }
          },
          onError: () => broken.abort(),
        })
        return connection
      })
      // A connection may take minutes to open or to fail: neither reading nor a stop waits for that.
      const connection = await Promise.race([subscribing, this.clock.sleep(SILENT_MS, ended)])

      if (!connection) {
        void subscribing.then((late) => endpoint.close(late)).catch(() => {})
        return announced
      }
      for (let known = -1; known < announced && !ended.aborted;) {
        known = announced
        await this.clock.sleep(SILENT_MS, ended)
      }
      endpoint.close(connection)
    } catch {
      // The endpoint is down or does not push: polling goes on meanwhile.
    }
    return announced
  }

  #receive(pushed: PushedHead) {
    const { hash } = pushed.header
    if (this.#seen.has(hash)) return
    this.#seen.add(hash)
    if (this.#seen.size > REMEMBERED_HEADS) {
      this.#seen.delete(this.#seen.values().next().value!)
    }
    this.#pushed = pushed
    this.#pushedAt = this.clock.elapsed()
    this.#isNews = true
    this.#wake()
  }
}
