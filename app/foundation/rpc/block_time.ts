import type { Clock } from '#foundation/clock'
import { readHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointChoice } from '#foundation/rpc/endpoint_choice'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** Blocks to measure over: long enough that timestamps in whole seconds do not matter. */
const SAMPLE_BLOCKS = 200

/** Stretches that are measured: a halt of the chain makes one of them long, not the one in the middle. */
const SAMPLES = 3

/** What is assumed of a chain that is too young to be measured, in milliseconds. */
const ASSUMED_MS = 450

/** The shortest time between two polls, in milliseconds. */
const SHORTEST_MS = 100

/** What is measured is at most this, in milliseconds: headers may name times in another unit. */
const LONGEST_MS = 60_000

/** How often it is measured anew: a fork changes it. In milliseconds. */
const MEASURED_EVERY_MS = 600_000

/** A chain's own time between two blocks. */
export class BlockTime {
  #measured?: { ms: number; at: number }

  constructor(
    private readonly endpoints: EndpointChoice<Endpoint>,
    private readonly clock: Clock
  ) {}

  /**
   * The time between two blocks as it is now, in milliseconds.
   *
   * @param newest the block before which it is measured
   * @throws RpcFailure when it could not be measured yet
   */
  async current(newest: number | 'latest' = 'latest'): Promise<number> {
    const now = this.clock.now()
    if (!this.#measured || now - this.#measured.at >= MEASURED_EVERY_MS) {
      const ms = await measureBlockTime(this.endpoints, newest).catch((error) =>
        this.#earlier(error)
      )
      this.#measured = { ms, at: now }
    }
    return this.#measured.ms
  }

  #earlier(error: unknown): number {
    if (this.#measured && error instanceof RpcFailure) {
      return this.#measured.ms
    }
    throw error
  }
}

/**
 * Measures a chain's time between two blocks, in milliseconds: the median of some stretches before `newest`.
 *
 * @throws RpcFailure
 */
export async function measureBlockTime(
  endpoints: EndpointChoice<Endpoint>,
  newest: number | 'latest' = 'latest'
): Promise<number> {
  const headerOf = (block: number | string) =>
    endpoints.ask((endpoint) => readHeader(endpoint, block))
  const headers = [await headerOf(newest)]
  for (let sample = 1; sample <= SAMPLES; sample++) {
    const number = headers[0]!.number - sample * SAMPLE_BLOCKS
    if (number >= 0) {
      headers.push(await headerOf(number))
    }
  }

  const stretches = headers
    .slice(1)
    .map(({ time }, index) => (headers[index]!.time - time) / SAMPLE_BLOCKS)
    .toSorted((one, other) => one - other)
  const median = stretches[Math.floor((stretches.length - 1) / 2)]
  return median === undefined
    ? ASSUMED_MS
    : Math.min(Math.max(SHORTEST_MS, Math.round(median)), LONGEST_MS)
}
