import type { Clock } from '#foundation/clock'
import { RpcFailure, type FailureKind } from '#foundation/rpc/rpc_failure'
import { FINAL_WITNESSES, newestFinal } from '#sources/tron/finality'
import type { Signers } from '#sources/tron/signatures'
import type { KnownWitnesses } from '#collectors/tron/known_witnesses'
import { SignedBlocks, type SignedBlock } from '#collectors/tron/signed_blocks'
import type { TronNodes } from '#collectors/tron/tron_nodes'

/** A block that is final, after the one whose time its locks count from. */
export interface FinalBlock extends SignedBlock {
  previousTimeMs: number
}

/** Blocks before the first: more than a round of 27, of which some slots may have been missed. */
const ROUND = 40

/** Nodes answer so many blocks at once, at most. */
const MOST_BLOCKS = 100

/** What one answer may hold: some 7 MB of JSON. Two are in memory at once. */
const MOST_TRANSACTIONS = 6_000

/** What a node says, or does, where it was asked for too much at once. */
const TOO_MUCH = new Set<FailureKind>(['range', 'timeout'])

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
  #batch = MOST_BLOCKS / 5
  /** What nodes have shown to be too much at once is not asked for again. */
  #most = MOST_BLOCKS
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

  /** The newest block that is final and was not taken yet; null for none. */
  get newest(): SignedBlock | null {
    return newestFinal(this.#waiting, (header) => this.witnesses.knows(header))
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
    this.#fitBatch(blocks)
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
    const count = this.#batch
    const blocks = this.#read(from, count)
    // What fails is told to who takes it, if that is ever done.
    blocks.catch(() => {})
    return { from, count, blocks }
  }

  /** Hands out blocks up to the newest that is final, and no further than to this number. */
  take(to: number): FinalBlock[] {
    const final = Math.min(to, this.newest?.number ?? -1)
    const taken = this.#waiting.filter(({ number }) => number <= final)
    this.#waiting = this.#waiting.slice(taken.length)
    return taken.map((block) => {
      const previousTimeMs = this.#base!.timestampMs
      this.#base = block
      this.witnesses.learn(block)
      return { ...block, previousTimeMs }
    })
  }

  /** So many blocks, or fewer where a node gives no answer as long as that. */
  async #read(from: number, count: number): Promise<SignedBlock[]> {
    try {
      return await this.#reader.read(from, from + count - 1)
    } catch (error) {
      if (!(error instanceof RpcFailure) || !TOO_MUCH.has(error.kind) || count === 1) throw error
      this.#most = Math.ceil(count / 2)
      this.#batch = Math.min(this.#batch, this.#most)
      return this.#read(from, this.#most)
    }
  }

  /** In small parts: their transactions are not needed. */
  async #readRound(from: number, to: number): Promise<SignedBlock[]> {
    const round: SignedBlock[] = []
    while (from + round.length <= to) {
      const next = from + round.length
      const blocks = await this.#read(next, Math.min(to - next + 1, this.#batch))
      if (blocks.length === 0) break
      if (round.length > 0 && blocks[0]!.parentId !== round.at(-1)!.id) {
        throw new RpcFailure('lagging', `nodes disagree about the blocks before ${next}`)
      }
      this.#fitBatch(blocks)
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

  #fitBatch(blocks: SignedBlock[]) {
    const transactions = blocks.reduce((sum, { given }) => sum + given.txCount, 0)
    const fitting = Math.floor((MOST_TRANSACTIONS * blocks.length) / Math.max(transactions, 1))
    this.#batch = Math.max(1, Math.min(this.#most, fitting))
  }
}
