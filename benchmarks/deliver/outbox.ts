import Database from 'better-sqlite3'
import type { Statement } from 'better-sqlite3'
import type { Envelope } from '#delivery/envelope'
import type { LoggedAttempt } from '#benchmarks/deliver/attempt_log'

/**
 * The database of a program whose queue is elsewhere: what it planned, and what became of it. In
 * WAL better-sqlite3 does not sync each commit (`synchronous=NORMAL`).
 */
export class Outbox {
  readonly #db: Database.Database
  readonly #next: Statement<[number, number], string>
  readonly #log: Statement
  readonly #mark: Statement
  #handedOver = 0
  #settled = 0

  constructor(path: string) {
    this.#db = new Database(path)
    this.#db.pragma('journal_mode = WAL')
    this.#db.exec(`
      create table jobs (serial integer primary key, event_id text unique, body text, sent_at integer);
      create table attempts (event_id text, started_at integer, duration_ms integer, status integer)`)
    this.#next = this.#db
      .prepare<[number, number], string>(
        'select body from jobs where serial > ? order by serial limit ?'
      )
      .pluck()
    this.#log = this.#db.prepare('insert into attempts values (?, ?, ?, ?)')
    this.#mark = this.#db.prepare('update jobs set sent_at = ? where event_id = ?')
  }

  /** How many jobs were sent, as the database knows it. */
  get settled(): number {
    return this.#settled
  }

  plan(events: readonly Envelope[]) {
    const insert = this.#db.prepare('insert into jobs (event_id, body) values (?, ?)')
    this.#db.transaction(() => {
      for (const event of events) {
        insert.run(event.id, JSON.stringify(event))
      }
    })()
  }

  /** The next events that were not taken yet. */
  take(limit: number): Envelope[] {
    const bodies = this.#next.all(this.#handedOver, limit)
    this.#handedOver += bodies.length
    return bodies.map((body) => JSON.parse(body))
  }

  settle({ eventId, startedAt, durationMs, status }: LoggedAttempt) {
    this.#db.transaction(() => {
      this.#log.run(eventId, startedAt, durationMs, status)
      this.#mark.run(startedAt + durationMs, eventId)
    })()
    this.#settled++
  }
}
