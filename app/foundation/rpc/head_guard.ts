import type { Clock } from '#foundation/clock'
import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/**
 * A head so few blocks past the last believed one needs no proof: what is read there is read block
 * by block, and a block that does not exist cannot be read.
 */
export const BLOCKS_WITHOUT_PROOF = 64

/** No chain that is read here makes blocks faster, nor will after its next forks, in milliseconds. */
const FASTEST_BLOCK_MS = 100

/** How far a block's time may be ahead of this machine's clock, in milliseconds. */
const CLOCK_DRIFT_MS = 60_000

interface Known {
  number: number
  /** The block's own time; undefined until it has been read. Epoch milliseconds. */
  time?: number
  /** When it was believed; undefined where an earlier process did. Epoch milliseconds. */
  seenAt?: number
}

/**
 * Decides whether what an endpoint calls its newest block can be that. One answer with a number far too high
 * would otherwise have everything skipped until the chain gets there.
 */
export class HeadGuard {
  #known?: Known

  constructor(private readonly clock: Clock) {}

  /** Names a block that is known to exist, such as that of a cursor, unless a newer head is known. */
  startFrom(block: number) {
    if (block >= 0 && block > (this.#known?.number ?? -1)) {
      this.#known = { number: block }
    }
  }

  /**
   * Answers the head when it can be believed. Costs no call unless it is far ahead of the last one.
   *
   * @throws RpcFailure `implausible` when it cannot
   */
  async believe(endpoint: Endpoint, head: BlockHeader): Promise<BlockHeader> {
    const known = this.#known
    if (head.number > (known?.number ?? 0) + BLOCKS_WITHOUT_PROOF) {
      await this.#checkTime(endpoint, head, known)
      await this.#checkBlock(endpoint, head)
    }

    endpoint.health.reached(head.number)
    if (head.number > (known?.number ?? -1)) {
      this.#known = { number: head.number, time: head.time, seenAt: this.clock.now() }
    }
    return head
  }

  /**
   * Makes sure that an endpoint has a block, by the head that it reports: beyond its own head it
   * may answer an empty list for logs that exist.
   *
   * @throws RpcFailure `lagging` when it has not got there
   */
  async mustHaveReached(endpoint: Endpoint, block: number) {
    if (endpoint.health.head < block) {
      const { number } = await this.believe(endpoint, await readHeader(endpoint, 'latest'))
      if (number < block) {
        throw new RpcFailure('lagging', `${endpoint.name} is at block ${number}, before ${block}`)
      }
    }
  }

  async #checkTime(endpoint: Endpoint, head: BlockHeader, known?: Known) {
    if (!known) return

    known.time ??= await timeOf(endpoint, known.number)
    const passed = this.#passedSince(known, head)
    const possible = BLOCKS_WITHOUT_PROOF + passed / FASTEST_BLOCK_MS
    if (head.number - known.number > possible) {
      const seconds = Math.round(passed / 1000)
      this.#refuse(endpoint, head, `block ${known.number} was the newest ${seconds} s before`)
    }
  }

  /** Milliseconds since a known block, by the clock or by the two blocks, whichever is more. */
  #passedSince({ time, seenAt }: Known, head: BlockHeader): number {
    const now = this.clock.now()
    const byClock = seenAt === undefined ? 0 : now - seenAt
    if (time === undefined) return seenAt === undefined ? Infinity : byClock

    // A local chain may live in the future; one that has not so far does not jump there.
    const horizon = now + CLOCK_DRIFT_MS
    const headTime = time > horizon ? head.time : Math.min(head.time, horizon)
    return Math.max(byClock, headTime - time)
  }

  /** A little below the head, since behind one address another backend may be a few blocks behind. */
  async #checkBlock(endpoint: Endpoint, head: BlockHeader) {
    const number = head.number - BLOCKS_WITHOUT_PROOF
    const below = await headerOrNull(endpoint, number)
    if (!below || below.time > head.time) {
      this.#refuse(endpoint, head, `it has no block ${number} that fits`)
    }
  }

  #refuse(endpoint: Endpoint, head: BlockHeader, why: string): never {
    const message = `${endpoint.name} called block ${head.number} its newest, but ${why}`
    throw new RpcFailure('implausible', message)
  }
}

async function timeOf(endpoint: Endpoint, block: number): Promise<number | undefined> {
  const header = await headerOrNull(endpoint, block)
  return header?.time
}

/** @throws RpcFailure when the endpoint did not answer the question */
async function headerOrNull(endpoint: Endpoint, block: number): Promise<BlockHeader | null> {
  try {
    return await readHeader(endpoint, block)
  } catch (error) {
    if (error instanceof RpcFailure && (error.kind === 'lagging' || error.kind === 'pruned')) {
      return null
    }
    throw error
  }
}
