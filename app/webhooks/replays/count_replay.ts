import { transaction } from '#foundation/db/transaction'
import { FilterAnswers } from '#delivery/expressions/filter_answers'
import Replay from '#models/replay'
import type { Clock } from '#foundation/clock'
import { replayableEndpoint } from '#webhooks/replays/start_replay'
import type { ReplayRequest } from '#webhooks/replays/start_replay'
import { nextBatch, plannedEndpoint } from '#webhooks/replays/next_batch'
import { firstPosition, isThrough } from '#webhooks/replays/replay_position'

/** What a replay would send. */
export interface ReplayCount {
  /** Events that the endpoint would get for the first time. */
  added: number
  /** Events that would go once more: they had failed, expired, been skipped, or been sent. */
  revived: number
}

/**
 * Goes through a replay without storing or sending anything. Takes as long as there is to read.
 *
 * @throws Refusal as startReplay
 */
export async function countReplay(request: ReplayRequest, clock: Clock): Promise<ReplayCount> {
  const startedAt = clock.now()
  await replayableEndpoint(request.endpointId, startedAt)
  const count = { added: 0, revived: 0 }
  return transaction(async (trx) => {
    const replay = new Replay().merge({
      ...request,
      reachedAt: null,
      position: await firstPosition(trx, request),
    })
    const endpoint = await plannedEndpoint(trx, request.endpointId, startedAt)
    let left = request.eventLimit ?? Infinity

    while (left > 0 && !isThrough(replay.position)) {
      const now = clock.now()
      const answers = new FilterAnswers()
      const limits = { limit: left, answers, now }
      const { events, position } = await answers.during(() =>
        nextBatch(trx, replay, endpoint!, limits)
      )
      const added = events.filter((event) => 'fresh' in event).length
      count.added += added
      count.revived += events.length - added
      left -= events.length
      replay.position = position
    }
    return count
  })
}
