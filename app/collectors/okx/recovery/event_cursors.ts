import db from '@adonisjs/lucid/services/db'
import EventCursor from '#models/event_cursor'

/** `orders`: everything the private stream tells. `algo_orders`: what the business stream does. `bills`: their lists. */
export type EventType = 'orders' | 'algo_orders' | 'bills'

export interface Position {
  /** Everything up to this moment is stored: epoch milliseconds by OKX's clock. */
  time: number
  /** The newest number that was read, where there is one. */
  id: string | null
}

/** How far one kind of event of an account is stored; null before it was read for the first time. */
export async function readPosition(accountId: number, type: EventType): Promise<Position | null> {
  const cursor = await EventCursor.find(keyOf(accountId, type))
  return cursor?.positionTime ? { time: cursor.positionTime, id: cursor.position } : null
}

/** Notes that everything up to a position is stored. It never goes back. @param now epoch milliseconds */
export async function movePosition(
  accountId: number,
  type: EventType,
  { time, id }: Position,
  now: number
) {
  const position = { position: id, position_time: time, processed: true, updated_at: now }
  await db
    .knexQuery()
    .table('event_cursors')
    .insert({
      cursor_key: keyOf(accountId, type),
      account_id: accountId,
      event_type: type,
      created_at: now,
      ...position,
    })
    .onConflict('cursor_key')
    .merge(position)
    .where('event_cursors.position_time', '<=', time)
}

/** Notes that a recovery is under way: what lies behind the position is not stored for sure. */
export async function openPosition(accountId: number, type: EventType) {
  await EventCursor.query().where('cursor_key', keyOf(accountId, type)).update({ processed: false })
}

function keyOf(accountId: number, type: EventType): string {
  return `okx:${accountId}:${type}`
}
