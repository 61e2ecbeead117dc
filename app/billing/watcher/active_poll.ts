import type { Clock } from '#foundation/clock'
import type { CommitWatcher } from '#foundation/db/commits'
import { watchCommits } from '#foundation/db/watch_commits'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type DepositAddress from '#models/deposit_address'
import { activeAddresses } from '#billing/addresses/active_addresses'
import { noteUnconfirmed } from '#billing/watcher/unconfirmed_deposits'

/** How often addresses with an unconfirmed deposit are polled, in milliseconds: about a block of BSC. */
const UNCONFIRMED_MS = 500

/** The shortest time between two queries for active addresses, in milliseconds: others commit far more often. */
const DEBOUNCE_MS = 250

interface ActivePollOptions {
  chainId: number
  endpoints: EndpointPool
  clock: Clock
  /** How often active addresses are polled, in milliseconds. */
  activeMs: number
  /** Addresses in one request. */
  chunk: number
}

/** Polls the active addresses: which they are, and when the next poll is due. */
export class ActivePoll {
  readonly #options: ActivePollOptions
  #polled: ReadonlySet<number> = new Set()
  #hasUnconfirmed = false
  #commits?: CommitWatcher

  constructor(options: ActivePollOptions) {
    this.#options = options
  }

  /** How long until the next poll, unless an address becomes active sooner, in milliseconds. */
  get restMs() {
    return this.#hasUnconfirmed ? UNCONFIRMED_MS : this.#options.activeMs
  }

  /**
   * Checks the balance of each active address, and notes what is not final yet.
   *
   * @param block the newest final block
   * @throws RpcFailure
   */
  async poll(block: number, check: (addresses: DepositAddress[]) => Promise<void>) {
    const { chainId, clock, chunk } = this.#options
    const active = await activeAddresses(chainId, clock.now())
    this.#polled = new Set(active.map(({ id }) => id))
    this.#hasUnconfirmed = false

    for (let from = 0; from < active.length; from += chunk) {
      const part = active.slice(from, from + chunk)
      await check(part)
      const hasUnconfirmed = await this.#noteUnconfirmed(part, block)
      this.#hasUnconfirmed ||= hasUnconfirmed
    }
  }

  /**
   * Waits until an address is active that was not among those polled last: a pay page was opened,
   * or a provider has told of a transfer. It reads before it waits: they may have come meanwhile.
   *
   * @param maxMs how long, at most
   * @returns false when none became active in time
   */
  async waitForActive(maxMs: number, signal: AbortSignal): Promise<boolean> {
    const { chainId, clock } = this.#options
    const endsAt = clock.elapsed() + maxMs
    const left = () => Math.max(0, endsAt - clock.elapsed())
    this.#commits ??= await watchCommits()
    for (;;) {
      const active = await activeAddresses(chainId, clock.now())
      if (active.some(({ id }) => !this.#polled.has(id))) return true
      if (left() === 0 || signal.aborted) return false
      await this.#commits.wait(left(), signal)
      await clock.sleep(Math.min(DEBOUNCE_MS, left()), signal)
    }
  }

  async close() {
    await this.#commits?.close()
  }

  /** Nothing depends on it but what a page shows, so a failure holds nothing up. */
  async #noteUnconfirmed(addresses: DepositAddress[], block: number): Promise<boolean> {
    const ids = addresses.map(({ id }) => id)
    try {
      return await noteUnconfirmed(ids, block, this.#options)
    } catch (error) {
      if (error instanceof RpcFailure) return false
      throw error
    }
  }
}
