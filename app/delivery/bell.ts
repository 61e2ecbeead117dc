import type { CommitWatcher } from '#foundation/commit_watcher'

/** Wakes a loop that waits for commits for a reason of this process's own. */
export class Bell {
  #rung = new AbortController()

  ring() {
    this.#rung.abort()
  }

  /**
   * Resolves at a commit, at a ring since the last wait, or after `maxMs` milliseconds. Answers
   * whether there was a commit.
   */
  async wait(watcher: CommitWatcher, maxMs: number): Promise<boolean> {
    const isCommit = await watcher.wait(maxMs, this.#rung.signal)
    this.#rung = new AbortController()
    return isCommit
  }
}
