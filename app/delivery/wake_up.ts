import type { CommitWatcher } from '#foundation/db/commits'

/** Says when to poll for work: at a commit, at a time that was set, or when it is notified. */
export class WakeUp {
  readonly #gatherMs: number
  /** By `performance.now()`: the clock of the day may be set. */
  #nextPollAt = 0
  #polledAt = -Infinity
  #woken = new AbortController()

  /** @param gatherMs how long after a poll the commits that follow are gathered, in milliseconds */
  constructor(gatherMs = 0) {
    this.#gatherMs = gatherMs
  }

  get isTimeToPoll(): boolean {
    return performance.now() >= this.#nextPollAt
  }

  /** There may be work. */
  notify() {
    this.#nextPollAt = 0
    this.wake()
  }

  /** Ends the wait without a reason to poll. A busy sender asks for it again and again. */
  wake() {
    if (!this.#woken.signal.aborted) {
      // Without a reason of ours Node.js makes one each time, with a stack.
      this.#woken.abort('woken')
    }
  }

  /** The next poll is in `maxMs` milliseconds, and sooner for what comes up from here on. */
  pollIn(maxMs: number) {
    this.#polledAt = performance.now()
    this.#nextPollAt = this.#polledAt + maxMs
  }

  /** Brings the next poll forward to `maxMs` milliseconds from now. */
  pollWithin(maxMs: number) {
    this.#nextPollAt = Math.min(this.#nextPollAt, performance.now() + maxMs)
  }

  /** Resolves when it is time to poll, or `wake` was called since the last wait. */
  async wait(watcher: CommitWatcher) {
    const maxMs = this.#nextPollAt - performance.now()
    if (maxMs > 0 && (await watcher.wait(maxMs, this.#woken.signal))) {
      this.#nextPollAt = Math.min(this.#nextPollAt, this.#polledAt + this.#gatherMs)
    }
    this.#woken = new AbortController()
  }
}
