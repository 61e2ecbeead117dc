import type { Clock } from '#foundation/clock'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { FINAL_WITNESSES, newestFinal } from '#sources/tron/finality'
import type { Signers } from '#sources/tron/signatures'
import { BatchSize } from '#collectors/tron/batch_size'
import type { KnownWitnesses } from '#collectors/tron/known_witnesses'
import { SignedBlocks, type SignedBlock } from '#collectors/tron/signed_blocks'
import type { TronNodes } from '#collectors/tron/tron_nodes'

/** A block that was checked, after the one whose time its locks count from. */
export interface LinkedBlock extends SignedBlock {
  previousTimeMs: number
}

/** Blocks before the first: more than a round of 27, of which some slots may have been missed. */
const ROUND = 40

/** Where so many blocks have come and none is final, their witnesses are none. */
const UNSIGNED_BLOCKS = 3 * ROUND

/** A block that was read last and the time of it: what comes next has to follow it. */
type Base = Pick<SignedBlock, 'number' | 'id' | 'timestampMs'>

/**
 * Reads blocks in order and tells which of them are final, which is counted here and not believed: 19
 * witnesses that are known have to stand on a block. Those after it wait until that is so.
 */
export class FinalBlocks {
  readonly #reader: SignedBlocks
  #base: Base | null = null
  #waiting: SignedBlock[] = []
  readonly #batch = new BatchSize()
  #ahead: { from: number; count: number; blocks: Promise<SignedBlock[]> } | null = null
  #grewAt: number

  constructor(
    private readonly nodes: TronNodes,
    signers: Signers,
    private readonly witnesses: KnownWitnesses,
    private readonly clock: Clock
  ) {
    this.#reader = new SignedBlocks(nodes, signers, witnesses)
    this.#grewAt = clock.now()
  }

  /** Whether reading goes on after this block. */
  isAfter(number: number): boolean {
    return this.#base?.number === number
  }

  /** When blocks were added last, in epoch milliseconds. */
  get grewAt(): number {
    return this.#grewAt
  }

  /** The number of the block that is read next; null before it is known where to begin. */
  get next(): number | null {
    const top = this.#waiting.at(-1) ?? this.#base
    return top && top.number + 1
  }

  /** The newest block that is final and was not taken yet; null for none. */
  get newest(): SignedBlock | null {
    return newestFinal(this.#waiting, (header) => this.witnesses.knows(header))
  }

  /** Blocks after the newest that is final, as far as known witnesses have signed them. */
  get notFinal(): LinkedBlock[] {
    const { newest } = this
    const unknown = this.#waiting.findIndex((block) => !this.witnesses.knows(block))
    const known = unknown < 0 ? this.#waiting : this.#waiting.slice(0, unknown)
    return known
      .map((block, at) => this.#linked(block, known[at - 1] ?? this.#base!))
      .filter(({ number }) => number > (newest?.number ?? 0))
  }

  /**
   * Goes on after this block, having learned the witnesses of the round before. A chain that is younger
   * tells them in its first blocks.
   *
   * @throws RpcFailure
   */
  async startAfter(number: number) {
    const from = Math.max(1, number - ROUND + 1)
    const round = await this.#readRound(from, from + ROUND - 1)
    round.forEach((header) => this.witnesses.learn(header))
    const base = round.find((header) => header.number === number)
    if (!base && number > 0) {
      throw new RpcFailure('lagging', `no node shows block ${number}`)
    }
    this.#base = base ?? { number: 0, id: this.nodes.network.genesisId, timestampMs: 0 }
    // Of a young chain they are those that are read next.
    this.#waiting = round.filter((header) => header.number > number)
  }

  /** Forgets what has not been taken: it turned out to belong to another fork. */
  forget() {
    this.#base = null
    this.#waiting = []
  }

  /**
   * Reads on by one call: `nothing` where no block is new, `full` where there are probably more.
   *
   * @param to the last block that is wanted: up to there the next ones are asked for already
   * @throws RpcFailure also where what comes next does not follow
   */
  async grow(to = 0): Promise<'nothing' | 'some' | 'full'> {
    const top = this.#waiting.at(-1) ?? this.#base!
    const { blocks: coming, count: asked } = this.#ask(top.number + 1)
    this.#ahead = null
    const blocks = await coming
    const [first] = blocks
    if (!first) {
      return 'nothing'
    }
    if (first.parentId !== top.id) {
      this.#contradicted(top, first)
    }
    this.#waiting.push(...blocks)
    this.#grewAt = this.clock.now()
    this.#batch.fit(blocks)
    this.#refuseUnsigned()
    const last = blocks.at(-1)!.number
    if (blocks.length === asked && last < to) this.#ahead = this.#ask(last + 1)
    return blocks.length === asked ? 'full' : 'some'
  }

  /** The next blocks, maybe asked for before: they come while those before them are stored. */
  #ask(from: number) {
    if (this.#ahead?.from === from) {
      return this.#ahead
    }
    const count = this.#batch.blocks
    const blocks = this.#read(from, count)
    // What fails is told to who takes it, if that is ever done.
    blocks.catch(() => {})
    return { from, count, blocks }
  }

  /** Hands out blocks up to the newest that is final, and no further than to this number. */
  take(to: number): LinkedBlock[] {
    const final = Math.min(to, this.newest?.number ?? -1)
    const taken = this.#waiting.filter(({ number }) => number <= final)
    this.#waiting = this.#waiting.slice(taken.length)
    return taken.map((block) => {
      const linked = this.#linked(block, this.#base!)
      this.#base = block
      this.witnesses.learn(block)
      return linked
    })
  }

  #linked(block: SignedBlock, { timestampMs: previousTimeMs }: Base): LinkedBlock {
    return { ...block, previousTimeMs }
  }

  #read(from: number, count: number): Promise<SignedBlock[]> {
    return this.#batch.narrowing(count, (fewer) => this.#reader.read(from, from + fewer - 1))
  }

  /** In small parts: their transactions are not needed. */
  async #readRound(from: number, to: number): Promise<SignedBlock[]> {
    const round: SignedBlock[] = []
    while (from + round.length <= to) {
      const next = from + round.length
      const blocks = await this.#read(next, Math.min(to - next + 1, this.#batch.blocks))
      if (blocks.length === 0) break
      if (round.length > 0 && blocks[0]!.parentId !== round.at(-1)!.id) {
        throw new RpcFailure('lagging', `nodes disagree about the blocks before ${next}`)
      }
      this.#batch.fit(blocks)
      round.push(...blocks)
    }
    return round
  }

  /** @throws RpcFailure always: either there was a reorg of blocks that are not final, or a node follows a fork */
  #contradicted(top: Base, next: SignedBlock): never {
    const words = `block ${next.number} of ${next.node.name} does not follow block ${top.number}`
    if (this.#waiting.length === 0) {
      this.nodes.mark(
        next.node,
        'other_fork',
        `shows a block ${next.number} that follows no final one`
      )
    }
    this.#waiting = []
    throw new RpcFailure('lagging', words)
  }

  /** Blocks of a fork whose witnesses are invented never become final. */
  #refuseUnsigned() {
    const { newest } = this
    const top = this.#waiting.at(-1)!
    if (newest || this.#waiting.length < UNSIGNED_BLOCKS) return

    this.nodes.mark(
      top.node,
      'forged_block',
      `shows blocks up to ${top.number} that witnesses have not signed`
    )
    this.#waiting = []
    throw new RpcFailure(
      'unproven',
      `fewer than ${FINAL_WITNESSES} known witnesses have signed the blocks up to ${top.number}`
    )
  }
}
