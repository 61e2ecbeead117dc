import Database from 'better-sqlite3'
import { systemClock } from '#foundation/clock'
import type { CommitWatcher } from '#foundation/commit_watcher'

/** How often the version counter is read, in milliseconds. A read takes a few microseconds. */
const LOOK_EVERY_MS = 5

/**
 * Watches SQLite's `data_version`, which changes whenever another connection has committed. It
 * needs a connection of its own: a connection does not see its own commits there.
 * https://sqlite.org/pragma.html#pragma_data_version
 */
export class SqliteCommitWatcher implements CommitWatcher {
  readonly #connection: Database.Database
  #seen: number

  constructor(filename: string) {
    this.#connection = new Database(filename, { readonly: true })
    this.#seen = this.#version()
  }

  async wait(maxMs: number, signal?: AbortSignal) {
    // Not by the clock of the day: that may be set back meanwhile.
    const deadline = performance.now() + maxMs

    while (!signal?.aborted && this.#connection.open && performance.now() < deadline) {
      const version = this.#version()
      if (version !== this.#seen) {
        this.#seen = version
        return
      }
      await systemClock.sleep(LOOK_EVERY_MS, signal)
    }
  }

  async close() {
    this.#connection.close()
  }

  #version() {
    return this.#connection.pragma('data_version', { simple: true }) as number
  }
}
