import { systemClock } from '#foundation/clock'
import type { CommitWatcher } from '#foundation/db/commits'
import { watchCommits } from '#foundation/db/watch_commits'
import { inRound } from '#foundation/rounds'

/** The slow poll behind the commit watcher, in milliseconds. */
const POLL_MS = 1000

/** The shortest time between two reads, in milliseconds: a busy sender commits far more often. */
const DEBOUNCE_MS = 200

/** One commit watcher for all listeners of a process, such as the open pages that show live figures. */
export class SharedCommitWatcher {
  readonly #ending = new AbortController()
  #watcher?: Promise<CommitWatcher>
  #next?: Promise<void>
  #news = 0

  /** What `read` answers at once, and then after every commit or a second, until the signal aborts. */
  async *reads<T>(read: () => Promise<T>, signal: AbortSignal): AsyncGenerator<T> {
    while (!signal.aborted && !this.#ending.signal.aborted) {
      const heard = this.#news
      yield await inRound(read)
      if (heard === this.#news) await (this.#next ??= this.#waitForNews())
    }
  }

  /** Ends the watcher of all listeners. */
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

  async #waitForNews() {
    const { signal } = this.#ending
    try {
      const watcher = await (this.#watcher ??= this.#watch())
      await systemClock.sleep(DEBOUNCE_MS, signal)
      await watcher.wait(POLL_MS, signal)
    } finally {
      this.#news++
      this.#next = undefined
    }
  }
}
