import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Replay from '#models/replay'
import { webhookSubscribers } from '#webhooks/sending/webhook_subscribers'
import type { Subscriber } from '#delivery/subscriber'
import type { Batch, BatchLimits } from '#webhooks/replays/replay_position'
import { failedBatch } from '#webhooks/replays/failed_batch'
import { historyBatch } from '#webhooks/replays/history_batch'
import { readEligibility } from '#delivery/eligibility'

/**
 * What a replay sends next, up to `limit` events; fewer do not mean that it is over. Changes
 * nothing.
 */
export function nextBatch(
  trx: TransactionClientContract,
  replay: Replay,
  endpoint: Subscriber,
  limits: BatchLimits
): Promise<Batch> {
  return replay.kind === 'failed'
    ? failedBatch(trx, replay, limits)
    : historyBatch(trx, replay, endpoint, limits)
}

/** An endpoint as the planner sees it; undefined while it gets no events, or its owner may not replay. */
export async function plannedEndpoint(
  trx: TransactionClientContract,
  id: number,
  now: number
): Promise<Subscriber | undefined> {
  const [endpoint] = await webhookSubscribers(trx, id)
  const eligibility = await readEligibility(trx, endpoint ? [endpoint] : [], now)
  return endpoint && eligibility.isPro(endpoint) ? endpoint : undefined
}
