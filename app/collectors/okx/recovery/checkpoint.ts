import type { HeardPushes } from '#collectors/okx/heard_pushes'
import type { OkxVenue } from '#collectors/okx/rest/okx_venue'
import { movePosition, type EventType } from '#collectors/okx/recovery/event_cursors'
import type { OkxStream } from '#collectors/okx/stream/okx_stream'

/**
 * Notes how far everything is stored while a stream is open. A stream hands everything over in its order:
 * what was heard is all until then, once it is stored.
 *
 * @throws what kept something from being stored
 */
export async function checkpoint(
  type: EventType,
  venue: OkxVenue,
  pushes: HeardPushes,
  stream: OkxStream
) {
  const { clock } = venue
  const quietMs = clock.elapsed() - stream.heardAt
  const time = (await venue.now()) - Math.ceil(quietMs)
  await pushes.stored()
  await movePosition(pushes.account.id, type, { time, id: null }, clock.now())
}
