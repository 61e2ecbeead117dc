import pg from 'pg'
import { systemClock } from '#foundation/clock'
import type { CommitWatcher } from '#foundation/commit_watcher'
import { COMMIT_CHANNEL } from '#foundation/write_transaction'

/** Listens for the NOTIFY of each write transaction; reconnects with the next wait when it was cut off. */
export class PostgresCommitWatcher implements CommitWatcher {
  readonly #connectionString: string
  #client?: pg.Client
  #isDirty = false
  #wake = () => {}

  static async open(connectionString: string) {
    const watcher = new PostgresCommitWatcher(connectionString)
    await watcher.#listen()
    return watcher
  }

  private constructor(connectionString: string) {
    this.#connectionString = connectionString
  }

  async wait(maxMs: number, signal?: AbortSignal) {
    if (!this.#client) {
      // Cut off: the caller's own slow poll carries on until the server answers again.
      await this.#listen().catch(() => {})
    }

    const woken = new AbortController()
    this.#wake = () => woken.abort()
    if (!this.#isDirty && !signal?.aborted) {
      await systemClock.sleep(
        maxMs,
        signal ? AbortSignal.any([signal, woken.signal]) : woken.signal
      )
    }
    const isNews = this.#isDirty
    this.#isDirty = false
    return isNews
  }

  async close() {
    await this.#client?.end()
  }

  async #listen() {
    const client = new pg.Client({ connectionString: this.#connectionString })
    client.on('error', () => (this.#client = undefined))
    client.on('end', () => (this.#client = undefined))
    client.on('notification', () => {
      this.#isDirty = true
      this.#wake()
    })
    await client.connect()
    await client.query(`listen ${COMMIT_CHANNEL}`)
    this.#client = client
  }
}
