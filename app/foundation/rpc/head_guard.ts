import type { Clock } from '#foundation/clock'
import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import { BlockTime } from '#foundation/rpc/block_time'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointChoice } from '#foundation/rpc/endpoint_choice'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/**
 * A head so few blocks past the last believed one needs no proof: what is read there is read block
 * by block, and a block that does not exist cannot be read.
 */
export const BLOCKS_WITHOUT_PROOF = 64

/** No chain that is read here makes blocks faster, nor will after its next forks, in milliseconds. */
const FASTEST_BLOCK_MS = 100

/** How much faster than measured blocks may have come since: each fork of BSC at most doubled their rate. */
const MARGIN = 3

/** An endpoint whose newest block is older, in milliseconds, has stalled, and says nothing of newer ones. */
const FRESH_MS = 15_000

/** So many endpoints prove that a head is false; a single one may be wrong itself. */
const WITNESSES = 2

/** How far a block's time may be ahead of this machine's clock, in milliseconds. */
const CLOCK_DRIFT_MS = 60_000

/** Endpoints of which each can be compared with the others. */
interface Witnesses extends EndpointChoice<Endpoint> {
  others(endpoint: Endpoint): EndpointChoice<Endpoint> | null
}

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
  readonly #blockTime: BlockTime
  #known?: Known

  constructor(
    private readonly endpoints: Witnesses,
    private readonly clock: Clock
  ) {
    this.#blockTime = new BlockTime(endpoints, clock)
  }

  /** Names a block that is known to exist, such as that of a cursor, unless a newer head is known. */
  startFrom(block: number) {
    if (block >= 0 && block > (this.#known?.number ?? -1)) {
      // What another process has read may have been seen at any time.
      const seenAt = this.#known ? this.clock.now() : undefined
      this.#known = { number: block, seenAt }
    }
  }

  /**
   * Answers the head when it can be believed. Costs no call unless it is far ahead of the last one.
   *
   * @throws RpcFailure `implausible` when it cannot, `lagging` where one other endpoint contradicts it
   */
  async believe(endpoint: Endpoint, head: BlockHeader): Promise<BlockHeader> {
    const known = this.#known
    if (head.number > (known?.number ?? 0) + BLOCKS_WITHOUT_PROOF) {
      await this.#checkTime(endpoint, head, known)
      await this.#checkBlock(endpoint, head)
      await this.#askOthers(endpoint, head)
      // What needed no proof is none for the next one: it would creep ahead of the chain.
      this.#known = { number: head.number, time: head.time, seenAt: this.clock.now() }
    }

    endpoint.health.reached(head.number)
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
    const isTooFar = (blockMs: number) =>
      head.number - known.number > BLOCKS_WITHOUT_PROOF + passed / blockMs
    if (isTooFar(FASTEST_BLOCK_MS) || isTooFar(await this.#shortestBlockMs(known.number))) {
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

  /** The shortest time between two blocks that can be, by what is measured before a known one. */
  async #shortestBlockMs(known: number): Promise<number> {
    try {
      return Math.max(FASTEST_BLOCK_MS, (await this.#blockTime.current(known)) / MARGIN)
    } catch (error) {
      if (error instanceof RpcFailure) return FASTEST_BLOCK_MS
      throw error
    }
  }

  /**
   * Another endpoint has to have got near this head, unless all others stand still themselves. Which blocks
   * it has there is not looked at: what joins them to the cursor decides between forks.
   */
  async #askOthers(endpoint: Endpoint, head: BlockHeader) {
    const others = this.endpoints.others(endpoint)
    if (!others) return

    const number = head.number - BLOCKS_WITHOUT_PROOF
    const now = this.clock.now()
    const verdicts = await others.askEach(async (other) => {
      if (await headerOrNull(other, number)) return 'has it'
      const newest = await readHeader(other, 'latest')
      return now - newest.time < FRESH_MS ? 'has not' : 'stands still'
    })
    const without = verdicts.filter((verdict) => verdict === 'has not').length
    if (verdicts.includes('has it') || without === 0) return

    const why = `others that go on with the chain have no block ${number}`
    if (without >= WITNESSES) this.#refuse(endpoint, head, why)
    throw new RpcFailure('lagging', wordsOf(endpoint, head, why))
  }

  #refuse(endpoint: Endpoint, head: BlockHeader, why: string): never {
    throw new RpcFailure('implausible', wordsOf(endpoint, head, why))
  }
}

function wordsOf(endpoint: Endpoint, head: BlockHeader, why: string): string {
  return `${endpoint.name} called block ${head.number} its newest, but ${why}`
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
