import type { BlocksReading, ChainBlock, ChainReader, RangeReading } from '#collectors/chain_reader'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { hashOf } from '#tests/support/chain/bloom_of'

/** A coin that a block of the made-up chain brings into being. It has no logs. */
export interface Coin {
  name: string
  block: number
  blockHash: string
}

interface MadeUpBlock {
  number: number
  hash: string
  parentHash: string
}

/** A chain of another family than those of EVM: its blocks are read one by one, each has one coin. */
export class MadeUpChain implements ChainReader<Coin[]> {
  readonly name = 'the made-up chain'
  /** The numbers of the blocks that were read, in their order. */
  readonly reads: number[] = []
  /** Blocks that its only endpoint has lost. */
  readonly lost = new Set<number>()
  /** Runs before a block is read. */
  before: (block: number) => Promise<void> = async () => {}
  /** A chain that is away answers nothing. */
  isAway = false
  #blocks: MadeUpBlock[] = [{ number: 0, hash: hashOf('genesis'), parentHash: hashOf('nothing') }]
  #waits = Promise.withResolvers<void>()
  #mined = Promise.withResolvers<void>()

  constructor(readonly nearHead: number) {}

  mine(count: number, branch = 'main') {
    for (let made = 0; made < count; made++) {
      const { number, hash } = this.#blocks.at(-1)!
      const next = { number: number + 1, hash: hashOf(branch, number + 1), parentHash: hash }
      this.#blocks.push(next)
    }
    this.#waits = Promise.withResolvers()
    this.#mined.resolve()
    this.#mined = Promise.withResolvers()
  }

  /** Leaves the blocks after this one, and mines others in their place. */
  fork(after: number, count: number) {
    this.#blocks = this.#blocks.slice(0, after + 1)
    this.mine(count, `fork after ${after}`)
  }

  /** Resolves when its follower has read all that there is and waits for more. */
  waitedFor() {
    return this.#waits.promise
  }

  /** The coins of its blocks as they are now. */
  coins(): Coin[] {
    return this.#blocks.slice(1).map(coinOf)
  }

  async head() {
    if (this.isAway) throw new RpcFailure('transient', 'the made-up chain is away')
    return { ...this.#answer(this.#blocks.at(-1)!), lateMs: null }
  }

  async block(number: number) {
    return this.#answer(this.#blocks[number]!)
  }

  async *range(from: number, to: number): AsyncGenerator<RangeReading<Coin[]>> {
    for (let number = from; number <= to; number++) {
      const { hash, parentHash } = this.#blocks[number]!
      yield { ...(await this.gap(number, number)), hash, parentHash }
    }
  }

  async stands({ number, hash }: { number: number; hash: string }) {
    return this.#blocks[number]?.hash === hash
  }

  async gap(from: number, to: number): Promise<BlocksReading<Coin[]>> {
    const parts = await Promise.all(
      this.#blocks.slice(from, to + 1).map(async (block) => {
        if (!this.lost.has(block.number)) {
          return { reading: await this.#read(block), gaps: [] }
        }
        return {
          reading: [],
          gaps: [{ from: block.number, to: block.number, reason: 'pruned' as const, detail: null }],
        }
      })
    )
    const reading = parts.flatMap((part) => part.reading)
    return { from, to, reading, gaps: parts.flatMap(({ gaps }) => gaps) }
  }

  async nextBlock(signal: AbortSignal) {
    const aborted = new Promise<void>((resolve) =>
      signal.addEventListener('abort', () => resolve(), { once: true })
    )
    this.#waits.resolve()
    await Promise.race([this.#mined.promise, aborted])
  }

  #answer(block: MadeUpBlock): ChainBlock<Coin[]> {
    return { ...block, read: () => this.#read(block) }
  }

  async #read(block: MadeUpBlock): Promise<Coin[]> {
    await this.before(block.number)
    this.reads.push(block.number)
    return [coinOf(block)]
  }
}

function coinOf({ number, hash }: MadeUpBlock): Coin {
  return { name: `coin ${hash.slice(0, 10)}`, block: number, blockHash: hash }
}
