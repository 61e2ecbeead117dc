import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Replay from '#models/replay'
import type { PlannedEndpoint } from '#delivery/planning/planned_endpoints'
import type { Batch } from '#webhooks/replays/batch'
import { inStoredOrder, nextFacts } from '#webhooks/replays/stored_facts'
import { wantedEvents } from '#webhooks/replays/wanted_events'
import { wantedKinds } from '#webhooks/replays/wanted_kinds'

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
  const next = await nextFacts(trx, replay.position, replay, wantedKinds(replay, endpoint))
  const facts = new Map([...next].map(([type, ofType]) => [type, ofType.facts]))
  const wanted = await wantedEvents(trx, replay, endpoint, facts, now)
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
  for (const [type, { facts: read, lookedThrough }] of next) {
    const { after } = batch.position[type]!
    if (read.length === 0 || after === Number(read.at(-1)!.id)) {
      batch.position[type]!.after = lookedThrough
    }
  }
  return batch
}
