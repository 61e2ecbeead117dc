import ScanGap from '#models/scan_gap'

export type GapState = 'open' | 'closed'

interface Choice {
  state: GapState
  /** Only those with a smaller id. */
  before?: number
  limit: number
}

/** Blocks that could not be read, or were read after all: the newest first. */
export function listGaps({ state, before, limit }: Choice): Promise<ScanGap[]> {
  const query = ScanGap.query().orderBy('id', 'desc').limit(limit)
  if (state === 'open') query.whereNull('closed_at')
  else query.whereNotNull('closed_at')
  if (before) query.where('id', '<', before)
  return query
}

/**
 * Lets the scanner try gaps with its next round, however long they would have waited.
 *
 * @param ids their numbers; null: all that are open
 * @param now epoch milliseconds
 * @returns how many these are
 */
export async function retryGapsNow(ids: readonly number[] | null, now: number): Promise<number> {
  const open = ScanGap.query().whereNull('closed_at')
  if (ids) open.whereIn('id', ids.filter(Number.isSafeInteger))
  const [updated] = await open.update({ nextTryAt: now })
  return Number(updated)
}
