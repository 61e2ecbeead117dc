import type Replay from '#models/replay'
import type { ReplayRequest } from '#webhooks/replays/start_replay'
import type { newReplay } from '#validators/replay_requests'

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

type Body = Awaited<ReturnType<(typeof newReplay)['read']>>

/** A replay's body as the delivery room takes it. `now` is in epoch milliseconds. */
export function toReplayRequest(endpointId: number, body: Body, now: number): ReplayRequest {
  return {
    endpointId,
    kind: body.kind,
    since: body.since,
    until: body.until ?? now,
    isUntilGiven: body.until !== undefined,
    eventTypes: body.event_types ?? null,
    ratePerSecond: body.rate_per_second ?? null,
    eventLimit: body.limit ?? null,
    again: body.again ?? false,
  }
}
