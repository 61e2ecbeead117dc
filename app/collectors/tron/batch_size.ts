import type { SignedBlock } from '#collectors/tron/signed_blocks'
import { RpcFailure, type FailureKind } from '#foundation/rpc/rpc_failure'

/** Nodes answer so many blocks at once, at most. */
const MOST_BLOCKS = 100

/** What one answer may hold: some 7 MB of JSON. Two are in memory at once. */
const MOST_TRANSACTIONS = 6_000

/** What a node says, or does, where it was asked for too much at once. */
const TOO_MUCH = new Set<FailureKind>(['range', 'timeout'])

/** How many blocks are asked for at once: by how full they are, and by what nodes refuse. */
export class BatchSize {
  #blocks = MOST_BLOCKS / 5
  /** What was too much once is not asked for again. */
  #most = MOST_BLOCKS

  get blocks(): number {
    return this.#blocks
  }

  /** By the blocks that came last. */
  fit(blocks: readonly SignedBlock[]) {
    const transactions = blocks.reduce((sum, { given }) => sum + given.txCount, 0)
    const fitting = Math.floor((MOST_TRANSACTIONS * blocks.length) / Math.max(transactions, 1))
    this.#blocks = Math.max(1, Math.min(this.#most, fitting))
  }

  /**
   * Runs `read` with so many blocks, or with fewer where no node gives as many at once.
   *
   * @throws whatever `read` throws for other reasons, or for one block alone
   */
  async narrowing<T>(count: number, read: (count: number) => Promise<T>): Promise<T> {
    try {
      return await read(count)
    } catch (error) {
      if (!(error instanceof RpcFailure) || !TOO_MUCH.has(error.kind) || count === 1) throw error
      this.#most = Math.ceil(count / 2)
      this.#blocks = Math.min(this.#blocks, this.#most)
      return this.narrowing(this.#most, read)
    }
  }
}
