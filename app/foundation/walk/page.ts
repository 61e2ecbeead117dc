import type { LucidRow, ModelQueryBuilderContract, LucidModel } from '@adonisjs/lucid/types/model'

/** Which part of a list: the newest rows with a smaller id than `before`, at most `limit`. */
export interface PageWindow {
  before?: number
  limit: number
}

/** A part of a list, newest first. */
export interface Page<Row> {
  /** At most `limit`. */
  rows: Row[]
  /** The others have smaller ids than this; null when there are no others. */
  below: number | null
}

/** Reads a page of what a query finds. One row more than the page holds says whether it goes on. */
export async function readPage<Row extends LucidRow & { id: number }>(
  query: ModelQueryBuilderContract<LucidModel, Row>,
  { before, limit }: PageWindow
): Promise<Page<Row>> {
  if (before !== undefined) query.where('id', '<', before)
  const found = await query.orderBy('id', 'desc').limit(limit + 1)
  const rows = found.slice(0, limit)
  return { rows, below: found.length > limit ? rows.at(-1)!.id : null }
}
