import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Replay from '#models/replay'
import { UnknownReplay } from '#webhooks/replays/replay_errors'

interface Wanted {
  id: string | number
  /** Null for a replay of any endpoint. */
  endpointId: number | null
}

/**
 * A replay by its id as people type it; inside a transaction nobody else changes it until that is
 * over.
 *
 * @throws UnknownReplay when there is none
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
    throw new UnknownReplay(`There is no replay ${id}`)
  }
  return replay
}
