import { hostname } from 'node:os'
import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { every } from '#foundation/every'
import { OwnFigures } from '#foundation/process_figures'
import type { Rounds } from '#foundation/rounds'
import type { EndpointMark } from '#foundation/rpc/endpoint_marks'

/** The time between two heartbeats, in milliseconds. */
export const BEAT_MS = 5_000

/** After this time without a heartbeat a process counts as dead, in milliseconds. */
export const ALIVE_MS = 4 * BEAT_MS

/** What fits into the column. */
const LONGEST_TEXT = 96

/** How long the row of a dead process is kept once another does the same work, in milliseconds. */
const RECORD_MS = 3_600_000

interface HeartbeatOptions {
  /** What the process does: the name of its command. At most 32 characters. */
  kind: string
  version: string
  clock: Clock
  /** What its loops do. */
  rounds?: Rounds
  /** Since when no RPC endpoint has answered it (epoch milliseconds), or null. */
  rpcSilentSince?: () => number | null
  /** The marks of its endpoints, and how many of them may be believed. */
  endpoints?: () => {
    marks: readonly EndpointMark[]
    trusted: number | null
    /** Since when nothing stands behind what they show (epoch milliseconds), or null. */
    unprovenSince?: number | null
  }
}

/**
 * Says in the database that this process is at work, and that it has ended when it is told to. A
 * database that does not take it is asked again with the next beat: the work goes on without.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions
  readonly #startedAt: number
  readonly #figures = new OwnFigures()
  readonly #over = new AbortController()
  #id?: number
  #beating = Promise.resolve()

  constructor(options: HeartbeatOptions) {
    this.#options = options
    this.#startedAt = options.clock.now()
  }

  /** Beats until it is stopped. Resolves after the first beat. */
  async start() {
    await this.beat()
    this.#beating = every(BEAT_MS, () => this.beat(), {
      clock: this.#options.clock,
      signal: this.#over.signal,
      firstAfterMs: BEAT_MS,
    })
  }

  /** Notes that the process has done what it was told to. */
  async stop() {
    this.#over.abort()
    await this.#beating
    await this.beat({ ended_at: this.#options.clock.now() })
  }

  /** Stops the heartbeat without noting an end: the process fails. */
  abandon() {
    this.#over.abort()
  }

  /** Writes one heartbeat, with further columns. Never rejects. */
  async beat(more: { ended_at?: number } = {}) {
    try {
      const now = this.#options.clock.now()
      const none = { marks: [], trusted: null, unprovenSince: null }
      const { marks, trusted, unprovenSince } = this.#options.endpoints?.() ?? none
      const changing = {
        beat_at: now,
        rpc_silent_since: this.#options.rpcSilentSince?.() ?? null,
        endpoint_marks: JSON.stringify(marks),
        trusted_endpoints: trusted,
        unproven_since: unprovenSince ?? null,
        figures: JSON.stringify(this.#figures.read()),
        ...progressOf(this.#options.rounds),
        ...more,
      }
      if (!this.#id) this.#id = await this.#enter(changing)
      else await this.#query().where('id', this.#id).update(changing)
    } catch {
      // The next beat tries again, and the check of the processes sees that this one is missing.
    }
  }

  async #enter(changing: object): Promise<number> {
    const { kind, version } = this.#options
    const longAgo = this.#startedAt - RECORD_MS
    await this.#query().where('kind', kind).where('beat_at', '<', longAgo).delete()
    const [row] = await this.#query()
      .insert({
        kind,
        version,
        host: hostname().slice(0, 64),
        pid: process.pid,
        started_at: this.#startedAt,
        ...changing,
      })
      .returning('id')
    return Number(row.id)
  }

  #query() {
    return db.knexQuery().table('process_heartbeats')
  }
}

function progressOf(rounds: Rounds | undefined) {
  if (!rounds) return {}
  const { worksOn, steps, progressAt, waitingSince } = rounds.progress
  return {
    works_on: worksOn?.slice(0, LONGEST_TEXT) ?? null,
    steps,
    progress_at: progressAt,
    waiting_since: waitingSince,
  }
}
