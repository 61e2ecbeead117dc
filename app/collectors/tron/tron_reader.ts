import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { TronBlock, TronReading } from '#sources/tron/records'
import type {
  BlocksReading,
  ChainBlock,
  ChainHead,
  ChainReader,
  RangeReading,
} from '#collectors/chain_reader'
import { FinalBlocks, type LinkedBlock } from '#collectors/tron/final_blocks'
import { HeadWatch } from '#collectors/tron/head_watch'
import { KnownWitnesses } from '#collectors/tron/known_witnesses'
import { readHeader } from '#collectors/tron/node_answers'
import { readRecords, type ReadingTools } from '#collectors/tron/read_records'
import { settleTip } from '#collectors/tron/settle_tip'

/** Time between two blocks, and so between two polls, in milliseconds. */
const POLL_MS = 3_000

/** A block so far below the newest is final, however many slots were missed. */
const CERTAINLY_FINAL = 60

/** Of a long gap so many blocks are read at once: ten minutes of the network. */
const GAP_BLOCKS = 200

export interface TronReaderOptions extends ReadingTools {
  /** Whether blocks at the head are read before they are final, as `provisional`. */
  tellsProvisional?: boolean
  clock: Clock
  logger: Logger
}

/**
 * Reads the stake of a TRON network, block by block once each is final. Nothing is believed of a node but
 * what bytes and signatures prove, or another node tells as well.
 */
export class TronReader implements ChainReader<TronReading> {
  readonly name: string
  /** Only final blocks are read, so that all of them are read as ranges. */
  readonly nearHead = 0
  readonly #options: TronReaderOptions
  readonly #witnesses = new KnownWitnesses()
  readonly #blocks: FinalBlocks
  readonly #heads: HeadWatch
  #isFar = true
  /** The ids of those that were read before they were final. */
  #early = new Set<string>()

  constructor(options: TronReaderOptions) {
    const { clock, logger, nodes, signers } = options
    this.name = `TRON ${nodes.network.name} through ${nodes.endpoints.map(({ name }) => name).join(', ')}`
    this.#options = options
    this.#blocks = new FinalBlocks(nodes, signers, this.#witnesses, clock)
    this.#heads = new HeadWatch(nodes, clock)
    nodes.logMarksTo(logger)
  }

  /** The newest block that is final: far behind, one that certainly is. */
  async head(known: number | null): Promise<ChainHead<TronReading>> {
    const next = this.#blocks.next ?? (known === null ? null : known + 1)
    await this.#heads.whenDue(this.#blocks.grewAt, next)
    if (known === null || !this.#blocks.isAfter(known)) {
      await this.#blocks.startAfter(known ?? (await this.#firstStart()))
    }
    this.#isFar = (await this.#blocks.grow()) === 'full'
    const head = (this.#isFar && (await this.#farHead())) || (await this.#newest(known ?? 0))
    return { ...head, lateMs: null }
  }

  block(number: number): Promise<ChainBlock<TronReading>> {
    return this.#blockAt(number)
  }

  async *range(from: number, to: number): AsyncGenerator<RangeReading<TronReading>> {
    for await (const blocks of inParts(this.#blocks, from, to)) {
      const part = await this.#part(blocks)
      if (part.to === to && this.#options.tellsProvisional && !this.#isFar) {
        part.reading.provisional = await this.#readEarly()
      }
      yield part
    }
  }

  /**
   * What is final stays: where nodes deny it, they are wrong.
   *
   * @throws RpcFailure `implausible` where no node has the block
   */
  async stands(block: { number: number; hash: string }): Promise<boolean> {
    this.#blocks.forget()
    const ids = await this.#options.nodes.askEach((node) => readHeader(node, block.number))
    if (!ids.some(({ id }) => id === block.hash)) {
      const words = `no node has block ${block.number} as it was when it was final`
      throw new RpcFailure(
        'implausible',
        `${words}: check that all of TRON_URLS are of one network`
      )
    }
    return true
  }

  /** Blocks that were passed, read and proven anew: of many the first. */
  async gap(from: number, last: number): Promise<BlocksReading<TronReading>> {
    const { clock, nodes, signers } = this.#options
    const to = Math.min(last, from + GAP_BLOCKS - 1)
    const found: BlocksReading<TronReading> = { from, to, reading: { blocks: [] }, gaps: [] }
    const beside = new FinalBlocks(nodes, signers, this.#witnesses, clock)
    for await (const blocks of inParts(beside, from, to)) {
      const { reading, gaps } = await this.#part(blocks)
      found.reading.blocks.push(...reading.blocks)
      found.gaps.push(...gaps)
    }
    return found
  }

  async nextBlock(signal: AbortSignal) {
    await this.#options.clock.sleep(POLL_MS, signal)
  }

  async #part(blocks: LinkedBlock[]): Promise<RangeReading<TronReading>> {
    const [first, last] = [blocks[0]!, blocks.at(-1)!]
    try {
      await settleTip(this.#options.nodes, last)
      const read = await readRecords(this.#options, blocks)
      return {
        from: first.number,
        to: last.number,
        parentHash: first.parentId,
        hash: last.id,
        ...read,
      }
    } catch (error) {
      // What was taken is not stored: it has to be read again.
      this.#blocks.forget()
      throw error
    }
  }

  /** What came on top of what is final, each block once: what nodes cannot give yet is no news. */
  async #readEarly(): Promise<TronBlock[]> {
    const all = this.#blocks.notFinal
    const fresh = all.filter(({ id }) => !this.#early.has(id))
    try {
      const { reading } = await readRecords(this.#options, fresh)
      this.#early = new Set(all.map(({ id }) => id))
      return reading.blocks
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error
      return []
    }
  }

  /** A first run begins where everything is final. */
  async #firstStart(): Promise<number> {
    const { number } = await this.#options.nodes.ask((node) => readHeader(node, 'newest'))
    return Math.max(0, number - CERTAINLY_FINAL)
  }

  #newest(known: number): Promise<ChainBlock<TronReading>> | ChainBlock<TronReading> {
    const { newest } = this.#blocks
    return newest ? chainBlock(newest.number, newest.id, newest.parentId) : this.#blockAt(known)
  }

  async #farHead(): Promise<ChainBlock<TronReading> | null> {
    const { number } = await this.#options.nodes.ask((node) => readHeader(node, 'newest'))
    const final = number - CERTAINLY_FINAL
    return final > (this.#blocks.newest?.number ?? 0) ? this.#blockAt(final) : null
  }

  async #blockAt(number: number): Promise<ChainBlock<TronReading>> {
    const { nodes } = this.#options
    if (number === 0) {
      return chainBlock(0, nodes.network.genesisId, '')
    }
    const { id, parentId } = await nodes.ask((node) => readHeader(node, number))
    return chainBlock(number, id, parentId)
  }
}

/** Final blocks from a number on, in order, as they come. */
async function* inParts(
  blocks: FinalBlocks,
  from: number,
  to: number
): AsyncGenerator<LinkedBlock[]> {
  if (!blocks.isAfter(from - 1)) {
    await blocks.startAfter(from - 1)
  }
  for (let next = from; next <= to;) {
    const taken = blocks.take(to)
    if (taken.length > 0) {
      yield taken
      next = taken.at(-1)!.number + 1
    } else if ((await blocks.grow(to)) === 'nothing') {
      throw new RpcFailure('lagging', `no node shows what follows block ${next}`)
    }
  }
}

/** Its stake is read by `range`. */
function chainBlock(number: number, hash: string, parentHash: string): ChainBlock<TronReading> {
  const read = async () => ({ blocks: [] })
  return { number, hash, parentHash, read }
}
