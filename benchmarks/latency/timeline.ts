/** Where a block is seen on its way: at the node, as a committed row, at the receiver. */
export type Station = 'visible' | 'row' | 'post'

/** When each block was first seen at each station, all by the clock of this one process. */
export class Timeline {
  readonly #blocks = new Map<number, Partial<Record<Station, number>>>()

  note(station: Station, block: number) {
    const times = this.#blocks.get(block) ?? {}
    times[station] ??= performance.now()
    this.#blocks.set(block, times)
  }

  has(station: Station, block: number): boolean {
    return this.#blocks.get(block)?.[station] !== undefined
  }

  /** The newest block that was seen there. */
  last(station: Station): number | undefined {
    const blocks = [...this.#blocks.keys()].filter((block) => this.has(station, block))
    return blocks.length > 0 ? Math.max(...blocks) : undefined
  }

  /**
   * Milliseconds from the node to `station` for each of these blocks, shortest first.
   *
   * @throws when a block never got there
   */
  delays(station: Station, blocks: readonly number[]): number[] {
    const delays = blocks.map((block) => {
      const { visible, [station]: reached } = this.#blocks.get(block) ?? {}
      if (visible === undefined || reached === undefined) {
        throw new Error(`Block ${block} was not seen as "${station}"`)
      }
      return Math.max(0, reached - visible)
    })
    return delays.toSorted((a, b) => a - b)
  }

  /** The node's own time from block to block in milliseconds, on average. */
  interval(blocks: readonly number[]): number {
    const visibleAt = (block: number) => this.#blocks.get(block)!.visible!
    const [first, last] = [blocks[0]!, blocks.at(-1)!]
    return (visibleAt(last) - visibleAt(first)) / (last - first)
  }
}
