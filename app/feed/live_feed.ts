import { Refusal } from '#foundation/errors'
import db from '@adonisjs/lucid/services/db'
import { newestPosition } from '#feed/feed_events'
import { FeedSession } from '#feed/feed_session'
import { FeedSubscription, type FeedSubscriber } from '#feed/feed_subscription'
import { furthest, hasReached, typesOf } from '#feed/stream_position'
import type { StreamPosition } from '#feed/stream_position'
import { factTypes } from '#facts/registry'
import type { FactType } from '#facts/registry'

/** Where a subscriber wants to begin. */
export interface FeedStart {
  /** The kinds of facts that are delivered; `since` is about these. */
  types: readonly FactType[]
  /** Facts after this position are delivered first. Not set: only what is new. */
  since?: StreamPosition
  /** The most missed facts that are delivered. */
  limit: number
}

/**
 * Such a position was given by another database. Waiting until the ids get there would keep from the
 * reader all that is stored until then.
 */
const BEYOND =
  'Last-Event-ID is beyond the newest event: this database has begun anew since. Leave it out to start with what is new, and take what you missed from the lists.'

/** The tails of a web process: reads each new fact once and hands it to all who want the same kinds. */
export class LiveFeed {
  readonly #sessions = new Map<string, FeedSession>()
  #isClosed = false

  /**
   * Begins to deliver. `isComplete` is false when more was missed than `limit`: those up to it
   * were delivered, and the caller should end and let its reader come back for the rest.
   *
   * @throws Refusal when `since` is further than any fact ever was
   */
  async subscribe(subscriber: FeedSubscriber, { types, since, limit }: FeedStart) {
    if (this.#isClosed) return sendAway(subscriber)

    const session = this.#session(types)
    const subscription = new FeedSubscription(subscriber)

    try {
      const position = await session.join(subscription)
      // The tail may be a moment behind: only the database can say that nothing was ever there.
      if (since && !hasReached(position, since) && (await isBeyond(since))) {
        throw new Refusal('malformed', 'invalid_last_event_id', BEYOND, { field: 'Last-Event-ID' })
      }
      // A reader of a stream on which nothing happens must know where it stands, too.
      if (!since) subscriber.receive({ events: [], position, isComplete: true })
      const isComplete = await subscription.catchUp(since, limit)
      return { isComplete, unsubscribe: () => session.leave(subscription) }
    } catch (error) {
      session.leave(subscription)
      throw error
    }
  }

  /** Ends every stream, so that none holds the process. */
  async close() {
    this.#isClosed = true
    await Promise.all([...this.#sessions.values()].map((session) => session.end()))
  }

  #session(types: readonly FactType[]): FeedSession {
    const name = types.join()
    const running = this.#sessions.get(name)
    if (running && !running.hasEnded) return running

    const session = new FeedSession(types)
    this.#sessions.set(name, session)
    return session
  }
}

/** For a reader who comes while the process stops: the stream ends at once, and the next one is elsewhere. */
function sendAway(subscriber: FeedSubscriber) {
  subscriber.end()
  return { isComplete: true, unsubscribe: () => {} }
}

/**
 * Whether a position is beyond every fact that there ever was. What was deleted since counts: the
 * newest rows of a table may be the ones whose time is over.
 */
async function isBeyond(position: StreamPosition): Promise<boolean> {
  const types = typesOf(position)
  const [there, given] = await Promise.all([newestPosition(types), lastGiven(types)])
  return !hasReached(furthest(there, given), position)
}

/** The last id that the database has given to each kind of fact; 0 before the first. */
async function lastGiven(types: readonly FactType[]): Promise<StreamPosition> {
  const ids = types.map(async (type) => [type, await lastIdOf(factTypes[type].table)])
  return Object.fromEntries(await Promise.all(ids))
}

async function lastIdOf(table: string): Promise<number> {
  if (db.connection().dialect.name === 'postgres') {
    const sequence = `select pg_sequence_last_value(pg_get_serial_sequence(?, 'id')) as id`
    const { rows } = await db.rawQuery(sequence, [table])
    return Number(rows[0].id ?? 0)
  }
  const row = await db.from('sqlite_sequence').where('name', table).select('seq').first()
  return Number(row?.seq ?? 0)
}
