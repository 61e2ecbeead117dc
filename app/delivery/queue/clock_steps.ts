import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'

/** A clock that is off by less, in milliseconds, was adjusted and not set. */
const ADJUSTED_MS = 2000

/**
 * Notices that the clock was set forward or back, as by an operator or a time server: it then no
 * longer agrees with the time that has passed.
 */
export class ClockSteps {
  readonly #clock: Clock
  #offsetMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#offsetMs = this.#offset()
  }

  /** How far the clock was set since the last `accept`, in milliseconds; negative: back; 0: it was not. */
  get stepMs(): number {
    const stepMs = this.#offset() - this.#offsetMs
    return Math.abs(stepMs) < ADJUSTED_MS ? 0 : stepMs
  }

  /** What was stored by the clock as it was has been dealt with. */
  accept() {
    this.#offsetMs = this.#offset()
  }

  #offset(): number {
    return Math.round(this.#clock.now() - this.#clock.elapsed())
  }
}

/** A claimed job may be released, and then waits again. */
const WAITING = `status in ('pending', 'sending')`

/** How many rows one statement changes, so that no other writer waits long. */
const ROWS_AT_ONCE = 5000

/**
 * After the clock was set back: what is due in the future waits no longer than it would have. Two
 * processes that do so make it wait less, never more.
 *
 * @param stepMs how far it was set, below 0
 * @param now epoch milliseconds, by the clock as it is now
 */
export async function bringForward(channel: string, stepMs: number, now: number) {
  let after = 0
  for (;;) {
    const rows: { id: number | string }[] = await db
      .from('notification_jobs')
      .whereRaw(WAITING)
      .where('channel', channel)
      .where('next_attempt_at', '>', now)
      .where('id', '>', after)
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .select('id')
    if (rows.length === 0) {
      return
    }
    const ids = rows.map(({ id }) => Number(id))
    after = ids.at(-1)!
    await db
      .from('notification_jobs')
      .whereRaw(WAITING)
      .whereBetween('id', [ids[0]!, after])
      .where('channel', channel)
      .where('next_attempt_at', '>', now)
      .update({ next_attempt_at: db.knexRawQuery('next_attempt_at + ?', [stepMs]) })
  }
}

/** No lease lasts longer than this, in milliseconds: the longest attempt, and the wait before it. */
export const LONGEST_LEASE_MS = 90_000

/** After the clock was set back: leases that were taken before it end as soon as they would have. */
export async function shortenLeases(channel: string, now: number) {
  await db
    .from('notification_jobs')
    .whereRaw(`status = 'sending'`)
    .where('channel', channel)
    .where('lease_until', '>', now + LONGEST_LEASE_MS)
    .update({ lease_until: now + LONGEST_LEASE_MS })
}
