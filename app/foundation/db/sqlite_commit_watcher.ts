import type { Database, Statement } from 'better-sqlite3'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { CommitWatcher } from '#foundation/db/commits'
import { ownCommits } from '#foundation/db/commits'

/** How often the version counter is read, in milliseconds. A read takes a few microseconds. */
const LOOK_EVERY_MS = 5

/**
 * Watches SQLite's `data_version`, which changes for a connection when another one has committed,
 * so what this process writes outside a transaction does not wake its own waiting loops.
 * https://sqlite.org/pragma.html#pragma_data_version
 */
export class SqliteCommitWatcher implements CommitWatcher {
  readonly #connection: Database
  readonly #version: Statement<[], number>
  readonly #onOwnCommit = () => {
    this.#isDirty = true
  }
  #seen: number
  #isDirty = false

  /** Watches through the connection that the client shares with all others of its process. */
  static async open(client: QueryClientContract) {
    const pool = client.getWriteClient().client
    const connection = await pool.acquireConnection()
    pool.releaseConnection(connection)
    return new SqliteCommitWatcher(connection)
  }

  private constructor(connection: Database) {
    this.#connection = connection
    this.#version = connection.prepare<[], number>('pragma data_version').pluck()
    this.#seen = this.#version.get()!
    ownCommits.on('commit', this.#onOwnCommit)
  }

  wait(maxMs: number, signal?: AbortSignal) {
    // Not by the clock of the day: that may be set back meanwhile.
    const deadline = performance.now() + maxMs
    const isOver = () => signal?.aborted || !this.#connection.open || performance.now() >= deadline

    return new Promise<boolean>((resolve) => {
      const end = (isNews: boolean) => {
        clearInterval(timer)
        signal?.removeEventListener('abort', look)
        resolve(isNews)
      }
      const look = () => {
        if (isOver()) {
          end(false)
        } else if (this.#takeNews()) {
          end(true)
        }
      }
      const timer = setInterval(look, LOOK_EVERY_MS)
      signal?.addEventListener('abort', look)
      look()
    })
  }

  async close() {
    ownCommits.off('commit', this.#onOwnCommit)
  }

  #takeNews(): boolean {
    const version = this.#read()
    const isNews = this.#isDirty || version !== this.#seen
    this.#isDirty = false
    this.#seen = version
    return isNews
  }

  /** A file that cannot be read counts as changed: the next query throws and reports the fault. */
  #read(): number {
    try {
      return this.#version.get()!
    } catch {
      return Number.NaN
    }
  }
}
