/** An answer that is kept: of which account, how large, and until when (by `performance.now()`). */
interface Kept {
  address: string
  bytes: number
  until: number
}

/**
 * How many answers a cache keeps, and how large they are: it tells neither itself. What no question
 * has come for is counted until its time is over, as it lies in memory as long.
 */
export class KeptSizes {
  readonly #answers = new Map<string, Kept>()

  /** @param most answers that the cache keeps; with more of them it drops some */
  constructor(private readonly most: number) {}

  /** @param keptMs how long it is kept, in milliseconds */
  note(key: string, address: string, answer: unknown, keptMs: number) {
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
    const kept = { address, bytes: Buffer.byteLength(text), until: performance.now() + keptMs }
    // The newest stands last.
    this.#answers.delete(key)
    this.#answers.set(key, kept)
    if (this.#answers.size > this.most) {
      this.#answers.delete(this.#answers.keys().next().value!)
    }
  }

  forget(addresses: ReadonlySet<unknown>) {
    for (const [key, { address }] of this.#answers) {
      if (addresses.has(address)) this.#answers.delete(key)
    }
  }

  clear() {
    this.#answers.clear()
  }

  total(): { count: number; bytes: number } {
    const now = performance.now()
    const kept = [...this.#answers.values()].filter(({ until }) => until > now)
    return { count: kept.length, bytes: kept.reduce((sum, { bytes }) => sum + bytes, 0) }
  }
}
