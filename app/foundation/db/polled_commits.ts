import { systemClock } from '#foundation/clock'
import { ownCommits, type CommitWatcher } from '#foundation/db/commits'

/** Hears of the commits of its own process alone: of all others its owner polls. */
export class PolledCommits implements CommitWatcher {
  #isDirty = true
  #wake = () => {}
  readonly #onOwnCommit = () => {
    this.#isDirty = true
    this.#wake()
  }

  constructor() {
    ownCommits.on('commit', this.#onOwnCommit)
  }

  async wait(maxMs: number, signal?: AbortSignal) {
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    if (!this.#isDirty && !signal?.aborted) {
      const signals = signal ? [signal, woken.signal] : [woken.signal]
      await systemClock.sleep(maxMs, AbortSignal.any(signals))
    }
    const isNews = this.#isDirty
    this.#isDirty = false
    return isNews
  }

  async close() {
    ownCommits.off('commit', this.#onOwnCommit)
  }
}
