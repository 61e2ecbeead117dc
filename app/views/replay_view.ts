import type Replay from '#models/replay'

/** A replay as the API and the commands show it. Times are epoch milliseconds. */
export function replayView(replay: Replay) {
  return {
    id: replay.id,
    endpoint_id: replay.endpointId,
    kind: replay.kind,
    since: replay.since,
    until: replay.until,
    event_types: replay.eventTypes,
    rate_per_second: replay.ratePerSecond,
    limit: replay.eventLimit,
    again: replay.again,
    state: replay.state,
    added: replay.added,
    revived: replay.revived,
    reached_at: replay.reachedAt,
    created_at: replay.createdAt,
    ended_at: replay.endedAt,
  }
}
