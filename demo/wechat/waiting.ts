/** Requests that are held until there is something to answer. */
export class Waiting {
  readonly #tries = new Set<() => void>()

  /** Lets each held request look again. */
  readonly tick = () => {
    for (const tryAgain of [...this.#tries]) tryAgain()
  }

  get count(): number {
    return this.#tries.size
  }

  /** What `find` answers as soon as that is not null; null after `ms` milliseconds, or at the signal. */
  hold<T>(find: () => T | null, ms: number, signal: AbortSignal): Promise<T | null> {
    const found = find()
    if (found !== null || signal.aborted) {
      return Promise.resolve(found)
    }
    return new Promise((resolve) => {
      const settle = (result: T | null) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        this.#tries.delete(tryAgain)
        resolve(result)
      }
      const tryAgain = () => {
        const result = find()
        if (result !== null) settle(result)
      }
      const end = () => settle(null)
      const timer = setTimeout(end, ms)
      signal.addEventListener('abort', end)
      this.#tries.add(tryAgain)
    })
  }
}
