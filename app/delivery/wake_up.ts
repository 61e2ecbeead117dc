import type { CommitWatcher } from '#foundation/db/commits'

/** Says when to look for work: at a commit, at a time that was set, or when it is rung. */
export class Bell {
  /** By `performance.now()`: the clock of the day may be set. */
  #nextLookAt = 0
  #woken = new AbortController()

  get isTimeToLook(): boolean {
    return performance.now() >= this.#nextLookAt
  }

  /** There may be work. */
  ring() {
    this.#nextLookAt = 0
    this.wake()
  }

  /** Wakes who waits, without a reason to look. A busy sender asks for it again and again. */
  wake() {
    if (!this.#woken.signal.aborted) {
      // Without a reason of ours Node.js makes one each time, with a stack.
      this.#woken.abort('woken')
    }
  }

  /** What comes up from here on, within `maxMs` milliseconds or then, is for the next look. */
  set(maxMs: number) {
    this.#nextLookAt = performance.now() + maxMs
  }

  /** Brings the next look forward to `maxMs` milliseconds from now. */
  bringForward(maxMs: number) {
    this.#nextLookAt = Math.min(this.#nextLookAt, performance.now() + maxMs)
  }

  /** Resolves when it is time to look, or somebody woke it since the last wait. */
  async wait(watcher: CommitWatcher) {
    const maxMs = this.#nextLookAt - performance.now()
    if (maxMs > 0 && (await watcher.wait(maxMs, this.#woken.signal))) {
      this.#nextLookAt = 0
    }
    this.#woken = new AbortController()
  }
}
