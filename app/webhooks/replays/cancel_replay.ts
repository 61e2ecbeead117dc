import type Replay from '#models/replay'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/write_transaction'
import { findReplay } from '#webhooks/replays/find_replay'

/**
 * Ends a replay: nothing more is released. What was released already goes on its way. Cancelling
 * one that has ended changes nothing.
 *
 * @throws UnknownReplay
 */
export function cancelReplay(
  wanted: Parameters<typeof findReplay>[0],
  clock: Clock
): Promise<Replay> {
  return writeTransaction(async (trx) => {
    const replay = await findReplay(wanted, trx)
    return replay.state === 'running'
      ? replay.merge({ state: 'cancelled', endedAt: clock.now() }).save()
      : replay
  })
}
