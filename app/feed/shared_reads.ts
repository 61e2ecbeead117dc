import type { Clock } from '#foundation/clock'

/** Answers kept at once; beyond that the oldest question is forgotten. */
const MAX_KEPT = 200

/**
 * Lets questions asked within `maxAgeMs` of each other share one read, so that a crowd polling
 * the same list costs the database as much as one reader. An answer is never older than that.
 */
export class SharedReads<T> {
  readonly #kept = new Map<string, { at: number; answer: Promise<T> }>()

  constructor(
    private readonly maxAgeMs: number,
    private readonly clock: Clock
  ) {}

  get(key: string, read: () => Promise<T>): Promise<T> {
    const now = this.clock.now()
    const kept = this.#kept.get(key)
    if (kept && now - kept.at < this.maxAgeMs) return kept.answer

    const answer = read()
    answer.catch(() => this.#kept.delete(key))
    this.#kept.delete(key)
    this.#kept.set(key, { at: now, answer })
    if (this.#kept.size > MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value!)
    return answer
  }
}
