import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Replay from '#models/replay'
import type { FactType } from '#models/fact_types'
import type { PlannedEndpoint } from '#delivery/planning/planned_endpoints'
import type { Batch } from '#delivery/replays/batch'
import { inStoredOrder, nextFacts } from '#delivery/replays/stored_facts'
import { wantedEvents } from '#delivery/replays/wanted_events'

/**
 * The next events of everything that was stored, also before the endpoint was there: up to `limit`
 * of them. `now` is in epoch milliseconds.
 */
export async function historyBatch(
  trx: TransactionClientContract,
  replay: Replay,
  endpoint: PlannedEndpoint,
  { limit, now }: { limit: number; now: number }
): Promise<Batch> {
  const next = await nextFacts(trx, replay.position, replay)
  const wanted = await wantedEvents(trx, replay, endpoint, next, now)
  const batch: Batch = {
    events: [],
    position: structuredClone(replay.position),
    reachedAt: replay.reachedAt,
  }

  for (const { type, fact } of inStoredOrder(next)) {
    if (batch.events.length === limit) {
      return batch
    }
    const event = wanted.get(`${type} ${fact.id}`)
    if (event) {
      batch.events.push(event)
    }
    batch.position[type]!.after = Number(fact.id)
    batch.reachedAt = Number(fact.created_at)
  }
  for (const type of [...next.keys()].filter((kind) => next.get(kind)!.length === 0)) {
    finish(batch, type)
  }
  return batch
}

function finish({ position }: Batch, type: FactType) {
  position[type]!.after = position[type]!.through
}
