import type { Clock } from '#foundation/clock'
import { readHeader } from '#collectors/tron/node_answers'
import type { TronNodes } from '#collectors/tron/tron_nodes'

/** How often nodes are compared, and how soon where no block has come, in milliseconds. */
const EVERY_MS = 30_000
const STILL_MS = 9_000

/** A node has stalled when its newest block is so many behind that of another one: a minute. */
const STALLED_BLOCKS = 20

/** Compares the newest blocks of nodes: one that stands still may be the quickest to answer. */
export class HeadWatch {
  #comparedAt: number

  constructor(
    private readonly nodes: TronNodes,
    private readonly clock: Clock
  ) {
    this.#comparedAt = clock.now()
  }

  /**
   * Where it is due, asks all nodes for their newest block, and marks those that have stalled.
   *
   * @param grewAt when a block was read last, in epoch milliseconds
   */
  async whenDue(grewAt: number) {
    const now = this.clock.now()
    const isStill = now - grewAt >= STILL_MS
    const isDue = now - this.#comparedAt >= (isStill ? STILL_MS : EVERY_MS)
    if (isDue && this.nodes.endpoints.length > 1) {
      this.#comparedAt = now
      await this.#compare()
    }
  }

  /** The second highest counts: one node alone may name a height that there is not. */
  async #compare() {
    const heads = await this.nodes.askEach(async (node) => {
      const { number } = await readHeader(node, 'newest')
      return { node, number }
    })
    const numbers = heads.map(({ number }) => number).toSorted((one, other) => other - one)
    const newest = numbers[heads.length > 2 ? 1 : 0] ?? 0
    for (const { node, number } of heads) {
      if (number <= newest - STALLED_BLOCKS) {
        this.nodes.mark(node, 'stalled', `is at block ${number}, another one at ${newest}`)
      } else {
        this.nodes.unmark(node, 'stalled')
      }
    }
  }
}
