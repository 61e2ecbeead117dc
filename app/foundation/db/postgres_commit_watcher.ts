import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { systemClock } from '#foundation/clock'
import type { CommitWatcher } from '#foundation/db/commits'
import { postgresConnection } from '#foundation/db/postgres_session'
import { COMMIT_CHANNEL } from '#foundation/db/commits'

/** How often the session notifies itself as a test, and how long that may take, in milliseconds. */
const PROOF = { everyMs: 15_000, withinMs: 5000 }

/** How long an orderly end of the session may take, in milliseconds. */
const END_WITHIN_MS = 1000

/**
 * Listens for the NOTIFY of each write transaction; reconnects with the next wait when it was cut
 * off. A session may also fall silent, or end up on a standby, without an error: it hears nothing
 * any more then. So it notifies itself now and then, and is given up when it does not hear that.
 */
export class PostgresCommitWatcher implements CommitWatcher {
  readonly #connectionString: string
  readonly #proof: typeof PROOF
  readonly #onLost: (reason: string) => void
  readonly #echoChannel = `regou_echo_${randomBytes(8).toString('hex')}`
  readonly #proving: NodeJS.Timeout
  #client?: pg.Client
  #connecting?: pg.Client
  #awaitedEcho?: NodeJS.Timeout
  #isDirty = false
  #wake = () => {}

  /** @param onLost told once each time that the session was lost */
  static async open(
    connectionString: string,
    onLost: (reason: string) => void = () => {},
    proof = PROOF
  ) {
    const watcher = new PostgresCommitWatcher(connectionString, onLost, proof)
    try {
      await watcher.#listen()
    } catch (error) {
      await watcher.close()
      throw error
    }
    watcher.#isDirty = false
    return watcher
  }

  private constructor(
    connectionString: string,
    onLost: (reason: string) => void,
    proof: typeof PROOF
  ) {
    this.#connectionString = connectionString
    this.#onLost = onLost
    this.#proof = proof
    this.#proving = setInterval(() => this.#prove(), proof.everyMs).unref()
  }

  async wait(maxMs: number, signal?: AbortSignal) {
    if (!this.#client && !this.#connecting) {
      // The caller's own slow poll carries on until the server answers again.
      void this.#listen().catch(() => {})
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
    clearInterval(this.#proving)
    const client = this.#client ?? this.#connecting
    this.#forget()
    if (client) {
      const cut = setTimeout(() => destroy(client), END_WITHIN_MS)
      await client.end()
      clearTimeout(cut)
    }
  }

  async #listen() {
    const client = new pg.Client(postgresConnection(this.#connectionString))
    this.#connecting = client
    client.on('error', (error) => this.#lose(client, error.message))
    client.on('end', () => this.#lose(client, 'the server ended the session'))
    client.on('notification', ({ channel }) => this.#hear(channel))
    try {
      await client.connect()
      await client.query(`listen ${COMMIT_CHANNEL}; listen ${this.#echoChannel}`)
    } catch (error) {
      this.#connecting = undefined
      client.end().catch(() => {})
      throw error
    }
    this.#connecting = undefined
    this.#client = client
    // What was committed before the session listened was not heard.
    this.#hear(COMMIT_CHANNEL)
  }

  #hear(channel: string) {
    if (channel === this.#echoChannel) {
      clearTimeout(this.#awaitedEcho)
      this.#awaitedEcho = undefined
      return
    }
    this.#isDirty = true
    this.#wake()
  }

  /** Notifies itself, and waits for that to be heard. */
  #prove() {
    const client = this.#client
    if (!client || this.#awaitedEcho) {
      return
    }
    const { withinMs } = this.#proof
    this.#awaitedEcho = setTimeout(
      () => this.#giveUp(client, `no answer within ${withinMs / 1000} s`),
      withinMs
    )
    client
      .query(`notify ${this.#echoChannel}`)
      .catch((error: Error) => this.#giveUp(client, error.message))
  }

  #giveUp(client: pg.Client, reason: string) {
    this.#lose(client, reason)
    destroy(client)
  }

  #lose(client: pg.Client, reason: string) {
    if (client === this.#client) {
      this.#forget()
      this.#onLost(reason)
      this.#wake()
    }
  }

  #forget() {
    clearTimeout(this.#awaitedEcho)
    this.#awaitedEcho = undefined
    this.#client = undefined
  }
}

/** Closes the socket at once: an orderly end waits for an answer that may never come. */
function destroy(client: pg.Client) {
  const { connection } = client as unknown as { connection: pg.Connection }
  connection.stream.destroy()
}
