import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Replay from '#models/replay'
import type { PlannedEndpoint } from '#delivery/planning/planned_endpoints'
import type { Batch } from '#webhooks/replays/batch'
import { failedBatch } from '#webhooks/replays/failed_batch'
import { historyBatch } from '#webhooks/replays/history_batch'

/**
 * What a replay sends next, up to `limit` events; fewer do not mean that it is over. Changes
 * nothing. `now` is in epoch milliseconds.
 */
export function nextBatch(
  trx: TransactionClientContract,
  replay: Replay,
  endpoint: PlannedEndpoint,
  { limit, now }: { limit: number; now: number }
): Promise<Batch> {
  return replay.kind === 'failed'
    ? failedBatch(trx, replay, { limit })
    : historyBatch(trx, replay, endpoint, { limit, now })
}
