import type { Clock } from '#foundation/clock'
import { readHeader } from '#foundation/rpc/block_header'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'

/** How often endpoints are compared, and how often while the head stands still, in milliseconds. */
const EVERY_MS = 15_000
const STILL_MS = 3_000

/**
 * An endpoint has stalled when its newest block is so many blocks behind that of another one, and so
 * old by this machine's clock (milliseconds): else another one may have named a number too high.
 */
const STALLED_BLOCKS = 20
const STALLED_AGE_MS = 10_000

/** Compares the heads of endpoints: one that stands still may be the quickest to answer. */
export class HeadComparison {
  #comparedAt: number
  #grewAt: number
  #highest = -1

  constructor(
    private readonly endpoints: EndpointPool,
    private readonly clock: Clock
  ) {
    this.#comparedAt = this.#grewAt = clock.now()
  }

  /** Notes the head that is gone by. */
  saw(head: number) {
    if (head > this.#highest) {
      this.#highest = head
      this.#grewAt = this.clock.now()
    }
  }

  /** Where it is due, asks all endpoints for their heads. Those that have stalled are marked. */
  async whenDue() {
    const now = this.clock.now()
    const isStill = now - this.#grewAt >= STILL_MS
    const isDue = now - this.#comparedAt >= (isStill ? STILL_MS : EVERY_MS)
    if (isDue && this.endpoints.endpoints.length > 1) {
      this.#comparedAt = now
      await this.#compare(now)
    }
  }

  async #compare(now: number) {
    const { endpoints } = this
    const heads = await endpoints.askEach(async (endpoint) => {
      const latest = await readHeader(endpoint, 'latest')
      return { endpoint, ...(await endpoints.heads.believe(endpoint, latest)) }
    })
    const newest = Math.max(...heads.map(({ number }) => number))

    for (const { endpoint, number, time } of heads) {
      if (number <= newest - STALLED_BLOCKS && now - time > STALLED_AGE_MS) {
        endpoints.mark(endpoint, 'stalled', `is at block ${number}, another one at ${newest}`)
      } else {
        endpoints.unmark(endpoint, 'stalled')
      }
    }
  }
}
