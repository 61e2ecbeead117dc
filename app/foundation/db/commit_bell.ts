import { systemClock } from '#foundation/clock'
import { watchCommits, type CommitWatcher } from '#foundation/db/commit_watcher'

/** The slow poll behind the commit watcher, in milliseconds. */
const POLL_MS = 1000

/** The shortest time between two rings, in milliseconds: a busy sender commits far more often. */
const REST_MS = 200

/** Tells any number of listeners of commits, with one watcher between them. */
export class CommitBell {
  readonly #ending = new AbortController()
  #watcher?: Promise<CommitWatcher>
  #next?: Promise<void>
  #rung = 0

  /** What `read` answers at once, and then after every commit or a second, until the signal aborts. */
  async *reads<T>(read: () => Promise<T>, signal: AbortSignal): AsyncGenerator<T> {
    while (!signal.aborted && !this.#ending.signal.aborted) {
      const heard = this.#rung
      yield await read()
      if (heard === this.#rung) await (this.#next ??= this.#ring())
    }
  }

  /** Ends what all listeners hear. */
  async close() {
    this.#ending.abort()
    await this.#next
    const watcher = await this.#watcher?.catch(() => undefined)
    await watcher?.close()
  }

  /** One that could not be opened is not kept: the database may be back for the next listener. */
  #watch(): Promise<CommitWatcher> {
    const watcher = watchCommits()
    watcher.catch(() => (this.#watcher = undefined))
    return watcher
  }

  async #ring() {
    const { signal } = this.#ending
    try {
      const watcher = await (this.#watcher ??= this.#watch())
      await systemClock.sleep(REST_MS, signal)
      await watcher.wait(POLL_MS, signal)
    } finally {
      this.#rung++
      this.#next = undefined
    }
  }
}
