import { systemClock } from '#foundation/clock'
import { KEPT_MS, type RecordCache } from '#feed/tron/record_cache'
import {
  recordPage,
  recordTotal,
  type RecordFilters,
  type RecordList,
} from '#feed/tron/record_pages'
import { accountSummary } from '#feed/tron/summary'

/** A page as text that is ready to be sent. */
export interface KeptPage {
  /** The records, as a list in JSON. */
  data: string
  total: number
  /** Whether no reorg takes back any of them. */
  isFinal: boolean
}

interface Window {
  page: number
  limit: number
}

/** A page of the records of an account, from the cache or the database. */
export function keptPage(
  cache: RecordCache,
  list: RecordList,
  filters: RecordFilters,
  { page, limit }: Window
) {
  const { owner_address: owner, receiver_address: receiver, ...others } = filters
  const address = owner ?? receiver!
  const rest = JSON.stringify({ ...others, ...(owner && receiver ? { receiver } : {}) })
  const role = owner === undefined ? 'received:' : ''
  const key = `${role}${list}:records:${address}:${page}:${limit}:${rest}`
  const keptMs = list === 'unfreeze' ? KEPT_MS.realtime : KEPT_MS.history
  const ofAll = { key: `${role}${list}:total:${address}:${rest}`, address, keptMs }

  const read = async (): Promise<KeptPage> => {
    const rows = await recordPage(list, filters, { page, limit }, systemClock.now())
    // Every page has the same total.
    const total = await cache.keep(ofAll, () => recordTotal(list, filters))
    const isFinal = rows.every(({ status }) => status !== 'provisional')
    return { data: JSON.stringify(rows), total, isFinal }
  }
  return cache.get({ key, address, keptMs }, read, ({ isFinal }) => isFinal)
}

/** What an account did, added up, from the cache or the database; as JSON. */
export function keptSummary(cache: RecordCache, chainId: number, address: string) {
  const question = {
    key: `account:summary:${address}:${chainId}`,
    address,
    keptMs: KEPT_MS.summary,
  }
  return cache.get<string>(question, async () =>
    JSON.stringify(await accountSummary(chainId, address, systemClock.now()))
  )
}
