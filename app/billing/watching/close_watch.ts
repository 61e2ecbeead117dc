import type { Clock } from '#foundation/clock'
import type { CommitWatcher } from '#foundation/db/commits'
import { watchCommits } from '#foundation/db/watch_commits'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type DepositAddress from '#models/deposit_address'
import { closeAddresses } from '#billing/addresses/close_addresses'
import { sightUnfinal } from '#billing/sightings/sight_unfinal'
import { somebodyComes } from '#billing/watching/somebody_comes'

/** How often it is looked at what is on its way, in milliseconds: about a block of BSC. */
const EXPECTING_MS = 500

interface CloseOptions {
  chainId: number
  endpoints: EndpointPool
  clock: Clock
  /** How often addresses are looked at that somebody waits for, in milliseconds. */
  closeMs: number
  /** Addresses in one request. */
  chunk: number
}

/** The addresses that somebody waits for: which they are, and when to look at them again. */
export class CloseWatch {
  readonly #options: CloseOptions
  #known: ReadonlySet<number> = new Set()
  #isExpecting = false
  #commits?: CommitWatcher

  constructor(options: CloseOptions) {
    this.#options = options
  }

  /** How long until the next look, unless somebody comes sooner, in milliseconds. */
  get restMs() {
    return this.#isExpecting ? EXPECTING_MS : this.#options.closeMs
  }

  /**
   * Looks at each of them, and sees what is not final yet.
   *
   * @param block the newest final block
   * @throws RpcFailure
   */
  async look(block: number, look: (addresses: DepositAddress[]) => Promise<void>) {
    const { chainId, clock, chunk } = this.#options
    const close = await closeAddresses(chainId, clock.now())
    this.#known = new Set(close.map(({ id }) => id))
    this.#isExpecting = false

    for (let from = 0; from < close.length; from += chunk) {
      const part = close.slice(from, from + chunk)
      await look(part)
      const isExpecting = await this.#sees(part, block)
      this.#isExpecting ||= isExpecting
    }
  }

  /**
   * Waits for somebody who has not been looked at yet.
   *
   * @param maxMs how long, at most
   * @returns false when nobody came
   */
  async somebodyComes(maxMs: number, signal: AbortSignal): Promise<boolean> {
    this.#commits ??= await watchCommits()
    return somebodyComes(this.#known, { ...this.#options, commits: this.#commits, maxMs }, signal)
  }

  async close() {
    await this.#commits?.close()
  }

  /** Nothing depends on it but what a page shows, so a failure holds nothing up. */
  async #sees(addresses: DepositAddress[], block: number): Promise<boolean> {
    const ids = addresses.map(({ id }) => id)
    try {
      return await sightUnfinal(ids, block, this.#options)
    } catch (error) {
      if (error instanceof RpcFailure) return false
      throw error
    }
  }
}
