import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { rowsOf } from '#foundation/db/statement'

/** Values of a column that are looked for, both ends included. */
export interface Range {
  column: string
  from: number
  to: number
}

/** A zone is settled when its newest row is so old, in milliseconds: no slow transaction adds one. */
const SETTLED_AFTER_MS = 600_000

/** The pause between two zones, and between two searches for new ones, in milliseconds. */
const BREATH_MS = 15
const LOOK_EVERY_MS = 60_000

/** The least and the greatest value of each column; null for a zone without rows. */
type Extremes = Record<string, { least: number; greatest: number }> | null

interface ZonesOptions {
  table: string
  /** Numbers that never change once they are stored. */
  columns: readonly string[]
  clock: Clock
  /** Ids of one zone. */
  rows?: number
}

/**
 * Remembers for stretches of a table, its zones, between which values columns lie there. A search for
 * a time or for blocks passes over those where nothing can be. Ids follow the time of storing, but
 * old blocks may be read late: this is all that can be said of where they are.
 */
export class Zones {
  readonly #options: Required<ZonesOptions>
  /** By the number of the zone; those that are settled. */
  readonly #known = new Map<number, Extremes>()
  #lookedAt = -Infinity

  constructor(options: ZonesOptions) {
    this.#options = { rows: 4096, ...options }
  }

  /** An id below which all rows are that lie below `before` and in these ranges; 0: there are none. */
  lower(before: number, ranges: readonly Range[]): number {
    const { rows } = this.#options
    let below = before
    while (below > 1) {
      const zone = Math.floor((below - 2) / rows)
      const extremes = this.#known.get(zone)
      if (extremes === undefined || mayHold(extremes, ranges)) {
        return below
      }
      below = zone * rows + 1
    }
    return 0
  }

  /** Gets to know new zones beside what else is done. Until then a search walks through them. */
  learnBeside(client: QueryClientContract) {
    const now = this.#options.clock.now()
    if (now - this.#lookedAt >= LOOK_EVERY_MS) {
      this.#lookedAt = now
      // The search itself reports a database that does not answer; here it is tried again later.
      this.learn(client).catch(() => {})
    }
  }

  /** Gets to know every settled zone, from the newest on, a bounded number of rows at a time. */
  async learn(client: QueryClientContract) {
    const { rows, clock } = this.#options
    let zone = Math.floor((await this.#highestUpTo(client, Infinity)) / rows) - 1
    let isSettled = false
    while (zone >= 0) {
      if (!this.#known.has(zone)) {
        const filled = Math.ceil((await this.#highestUpTo(client, (zone + 1) * rows)) / rows) - 1
        // Ids below a settled zone were all handed out before it: none of these is on its way.
        for (let empty = zone; isSettled && empty > filled; empty--) this.#known.set(empty, null)
        zone = filled
        if (zone >= 0) await this.#learnZone(client, zone)
        await clock.sleep(BREATH_MS)
        this.#lookedAt = clock.now()
      }
      isSettled ||= this.#known.has(zone)
      zone--
    }
  }

  /** The highest id up to this one, or 0. */
  async #highestUpTo(client: QueryClientContract, id: number): Promise<number> {
    const { table } = this.#options
    const [highest] = await rowsOf<{ id: number | string | null }>(
      client,
      `select max(id) as id from ${table}${id === Infinity ? '' : ' where id <= ?'}`,
      id === Infinity ? [] : [id]
    )
    return Number(highest!.id ?? 0)
  }

  async #learnZone(client: QueryClientContract, zone: number) {
    const { table, columns, rows, clock } = this.#options
    const extremes = columns.map(
      (column) => `min(${column}) as least_${column}, max(${column}) as greatest_${column}`
    )
    const source = client.dialect.name === 'postgres' ? table : `${table} not indexed`
    const [row] = await rowsOf<Record<string, number | string | null>>(
      client,
      `select max(created_at) as stored_at, ${extremes.join(', ')}
       from ${source} where id > ? and id <= ?`,
      [zone * rows, (zone + 1) * rows]
    )
    if (Number(row!.stored_at) < clock.now() - SETTLED_AFTER_MS) {
      this.#known.set(zone, this.#extremesOf(row!))
    }
  }

  #extremesOf(row: Record<string, number | string | null>): Extremes {
    return Object.fromEntries(
      this.#options.columns.map((column) => [
        column,
        { least: Number(row[`least_${column}`]), greatest: Number(row[`greatest_${column}`]) },
      ])
    )
  }
}

function mayHold(extremes: Extremes, ranges: readonly Range[]): boolean {
  return (
    extremes !== null &&
    ranges.every(({ column, from, to }) => {
      const { least, greatest } = extremes[column]!
      return least <= to && greatest >= from
    })
  )
}
