import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readPage } from '#foundation/walk/page'
import type { Page, PageWindow } from '#foundation/walk/page'
import Replay from '#models/replay'
import { Refusal } from '#foundation/errors'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'

interface Wanted {
  id: string | number
  /** Null for a replay of any endpoint. */
  endpointId: number | null
}

/**
 * A replay by its id as people type it. Inside a transaction its row is locked until that ends.
 *
 * @throws Refusal when there is none
 */
export async function findReplay(
  { id, endpointId }: Wanted,
  trx?: TransactionClientContract
): Promise<Replay> {
  const number = /^\d{1,15}$/.test(String(id)) ? Number(id) : 0
  const query = Replay.query({ client: trx }).where('id', number)
  if (endpointId !== null) query.where('endpoint_id', endpointId)
  if (trx?.dialect.name === 'postgres') query.forUpdate()

  const replay = await query.first()
  if (!replay) {
    throw new Refusal('unknown', 'unknown_replay', `There is no replay ${id}`)
  }
  return replay
}

/** Replays of one endpoint, or of all (null), newest first. */
export function listReplays(endpointId: number | null, window: PageWindow): Promise<Page<Replay>> {
  const query = Replay.query()
  if (endpointId !== null) query.where('endpoint_id', endpointId)
  return readPage(query, window)
}

/**
 * Ends a replay: nothing more is released. What was released already goes on its way. Cancelling
 * one that has ended changes nothing.
 *
 * @throws Refusal
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
