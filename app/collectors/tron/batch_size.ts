import type { SignedBlock } from '#collectors/tron/signed_blocks'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** Nodes answer so many blocks at once, at most. */
const MOST_BLOCKS = 100

/** What one answer may hold: some 7 MB of JSON. Two are in memory at once. */
const MOST_TRANSACTIONS = 6_000

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
   * Runs `read` with so many blocks, or with fewer where nodes refuse as many at once. Where none has
   * answered in time, the next try is for fewer: this one has taken long enough.
   *
   * @throws whatever `read` throws for other reasons, or for one block alone
   */
  async narrowing<T>(count: number, read: (count: number) => Promise<T>): Promise<T> {
    try {
      return await read(count)
    } catch (error) {
      const kind = error instanceof RpcFailure ? error.kind : null
      const fewer = Math.ceil(count / 2)
      if (kind === 'timeout') this.#blocks = fewer
      if (kind !== 'range' || count === 1) throw error
      this.#most = fewer
      this.#blocks = Math.min(this.#blocks, fewer)
      return this.narrowing(fewer, read)
    }
  }
}
