import type { Clock } from '#foundation/clock'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { readBlocks, readHeader } from '#collectors/tron/node_answers'
import type { TronNode } from '#collectors/tron/tron_node'
import type { TronNodes } from '#collectors/tron/tron_nodes'

/** How often nodes are compared, and how soon where no block has come, in milliseconds. */
const EVERY_MS = 30_000
const STILL_MS = 9_000

/** A node has stalled when its newest block is so many behind that of another one: a minute. */
const STALLED_BLOCKS = 20

/**
 * Compares how far nodes are: one that stands still may be the quickest to answer. Behind one address
 * several may stand that are not level, so that it is not believed how far they are: where no block has
 * come for a while, each has to give the next one.
 */
export class HeadWatch {
  #comparedAt: number

  constructor(
    private readonly nodes: TronNodes,
    private readonly clock: Clock
  ) {
    this.#comparedAt = clock.now()
  }

  /**
   * Where it is due, asks all nodes how far they are, and marks those that have stalled.
   *
   * @param grewAt when a block was read last, in epoch milliseconds
   * @param next the block that is to be read next; null: not known yet
   */
  async whenDue(grewAt: number, next: number | null) {
    const now = this.clock.now()
    const isStill = now - grewAt >= STILL_MS
    const isDue = now - this.#comparedAt >= (isStill ? STILL_MS : EVERY_MS)
    if (isDue && this.nodes.endpoints.length > 1) {
      this.#comparedAt = now
      await this.#compare(isStill ? next : null)
    }
  }

  /** The second highest counts: one node alone may name a height that there is not. */
  async #compare(wanted: number | null) {
    const heads = await this.nodes.askEach(async (node) => {
      return { node, number: await heightOf(node, wanted) }
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

/**
 * The number of a node's newest block; of one that does not give the block that is wanted, the one before
 * that, whatever it calls its newest.
 */
async function heightOf(node: TronNode, wanted: number | null): Promise<number> {
  try {
    const { number } = await readHeader(node, 'newest')
    const isAsked = wanted !== null && number >= wanted
    const given = isAsked ? await readBlocks(node, wanted, wanted) : null
    return given?.length === 0 ? wanted! - 1 : number
  } catch (error) {
    const isEmpty = error instanceof RpcFailure && error.kind === 'lagging'
    if (wanted === null || !isEmpty) throw error
    return wanted - 1
  }
}
