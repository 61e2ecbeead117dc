import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { idBounds, idSlices } from '#foundation/db/id_bounds'
import { gotAhead } from '#foundation/rounds'

/** Rows go when a time of theirs is long enough ago. */
export interface Expiring {
  /** How long they are kept, in milliseconds. */
  keptMs: number
  /** The column with the time, in epoch milliseconds. Rows without one stay. */
  since: string
  /** What else has to be true of a row, in SQL. */
  where?: string
}

/** The rules of some tables, by their names. */
export type Expiries = Readonly<Record<string, Expiring>>

/** Rows per DELETE: short enough that no writer waits long for the lock. */
const ROWS_AT_ONCE = 1_000

/** How long others may write between two statements, in milliseconds. */
const BREATH_MS = 20

/**
 * Deletes rows whose time is over, in small steps. What has to stay in a table that is numbered in
 * the order of its times is looked at once only.
 */
export class TablePruner {
  /** Up to which time each table was looked through, in epoch milliseconds. */
  readonly #doneUntil = new Map<string, number>()

  constructor(
    private readonly expiries: Expiries,
    private readonly clock: Clock
  ) {}

  /** Goes through all tables once; an abort ends it after the step under way. */
  async prune(signal?: AbortSignal) {
    for (const [table, expiring] of Object.entries(this.expiries)) {
      const before = this.clock.now() - expiring.keptMs
      const isNumbered = expiring.since === 'created_at'
      const steps = isNumbered
        ? this.#slices(table, before, expiring)
        : batches(table, before, expiring)
      for await (const deleted of steps) {
        if (signal?.aborted) return
        gotAhead()
        if (deleted > 0) await this.clock.sleep(BREATH_MS, signal)
      }
    }
  }

  async *#slices(table: string, before: number, { where }: Expiring) {
    const span = { since: this.#doneUntil.get(table), until: before }
    const bounds = await idBounds(db.connection(), table, span)
    for await (const { after, through } of idSlices(bounds, ROWS_AT_ONCE)) {
      const rows = db.from(table).where('id', '>', after).where('id', '<=', through)
      if (where) rows.whereRaw(where)
      yield Number(await rows.where('created_at', '<', before).delete())
    }
    this.#doneUntil.set(table, before)
  }
}

/** For small tables, where a walk through all rows costs little. */
async function* batches(table: string, before: number, { since, where }: Expiring) {
  const place = db.connection().dialect.name === 'postgres' ? 'ctid' : 'rowid'
  let deleted: number
  do {
    const old = db.from(table).where(since, '<', before).limit(ROWS_AT_ONCE)
    if (where) old.whereRaw(where)
    deleted = Number(await db.from(table).whereIn(place, old.select(place)).delete())
    yield deleted
  } while (deleted === ROWS_AT_ONCE)
}
