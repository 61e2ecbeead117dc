import tronConfig from '#config/tron'
import { ApiError } from '#exceptions/api_error'
import { keptPage } from '#feed/tron/kept_pages'
import type { RecordCache } from '#feed/tron/record_cache'
import type { RecordFilters, RecordList } from '#feed/tron/record_pages'
import { readyAnswer, type ReadyAnswer } from '#http/ready_answer'

interface Window {
  page: number
  limit: number
}

/**
 * A page of records of TRON by its number.
 *
 * @throws ApiError (422) unless it is of one account
 */
export async function numberedPage(
  cache: RecordCache,
  list: RecordList,
  filters: Omit<RecordFilters, 'chain_id'>,
  { page, limit }: Window
): Promise<ReadyAnswer> {
  if (filters.owner_address === undefined && filters.receiver_address === undefined) {
    const message = 'Pages with a number are those of one account: name it, or use the cursor'
    throw new ApiError(422, [{ code: 'address_needed', message, field: 'owner_address' }])
  }
  const ofNetwork = { chain_id: tronConfig.network.chainId, ...filters }
  const { answer } = await keptPage(cache, list, ofNetwork, { page, limit })
  const meta = { next_cursor: null, page, limit, total: answer.total }
  return readyAnswer(`{"data":${answer.data},"meta":${JSON.stringify(meta)}}`)
}

/** A page that was found by a cursor, with what only numbered ones tell left open. */
export function byCursor<Row>(
  { data, meta }: { data: Row[]; meta: { next_cursor: string | null } },
  { limit }: { limit: number }
) {
  return { data, meta: { ...meta, page: null, limit, total: null } }
}
