import type { ReplayRequest } from '#webhooks/replays/start_replay'
import type { newReplay } from '#validators/replay_requests'

type Body = Awaited<ReturnType<(typeof newReplay)['read']>>

/** A replay's body as the delivery room takes it. `now` is in epoch milliseconds. */
export function toReplayRequest(endpointId: number, body: Body, now: number): ReplayRequest {
  return {
    endpointId,
    kind: body.kind,
    since: body.since,
    until: body.until ?? now,
    eventTypes: body.event_types ?? null,
    ratePerSecond: body.rate_per_second ?? null,
    eventLimit: body.limit ?? null,
    again: body.again ?? false,
  }
}
