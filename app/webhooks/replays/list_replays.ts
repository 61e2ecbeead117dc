import Replay from '#models/replay'

interface ReplayPage {
  /** Only replays with a smaller id. */
  before?: number
  limit: number
}

/** Replays of one endpoint, or of all (null), newest first: one more than a page, if there is. */
export function listReplays(
  endpointId: number | null,
  { before, limit }: ReplayPage
): Promise<Replay[]> {
  const query = Replay.query()
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (endpointId !== null) query.where('endpoint_id', endpointId)
  if (before !== undefined) query.where('id', '<', before)
  return query
}
