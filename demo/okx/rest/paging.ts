import { RestRefusal } from '#demo/okx/rest/answer'
import type { Row } from '#demo/okx/rows/order_rows'

export type Query = Record<string, string | undefined>

/** A list as the ledger has it, and how the venue tells it. */
export interface List<T> {
  /** The oldest first. */
  items: readonly T[]
  /** What pages are counted by: greater for later items. */
  idOf(item: T): string
  /** What `begin` and `end` compare, in epoch milliseconds. */
  timeOf(item: T): number
  isShown(item: T): boolean
  rowOf(item: T): Row
  /** Fields of the row that a query may name, also with several values behind commas. */
  filters: readonly string[]
}

const MOST = 100

/**
 * One page of a list, the newest first. `after` asks for older rows than an id and `before` for
 * newer ones. `before` alone answers the newest of all, not those next to the id: to get the rest,
 * a client has to go on with `after`.
 *
 * @throws RestRefusal where a parameter is not a number
 */
export function pageOf<T>(list: List<T>, query: Query): Row[] {
  const [after, before] = [digits(query, 'after'), digits(query, 'before')]
  const [begin, end] = [digits(query, 'begin'), digits(query, 'end')]
  const limit = Number(digits(query, 'limit') ?? MOST)
  if (limit < 1 || limit > MOST) throw new RestRefusal('51000', 'limit')

  const page: Row[] = []
  const asked = list.filters.filter((name) => query[name])
  let at = after === null ? list.items.length : positionOf(list, after)
  while (at-- > 0 && page.length < limit) {
    const item = list.items[at]!
    if (before !== null && compare(list.idOf(item), before) <= 0) break
    const time = list.timeOf(item)
    const isWithin =
      (begin === null || time >= Number(begin)) && (end === null || time <= Number(end))
    if (!isWithin || !list.isShown(item)) continue
    const row = list.rowOf(item)
    if (asked.every((name) => query[name]!.split(',').includes(String(row[name])))) page.push(row)
  }
  return page
}

/** How many items have a smaller id. */
function positionOf<T>({ items, idOf }: List<T>, id: string): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(idOf(items[middle]!), id) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Compares whole numbers that are text. */
function compare(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b))
}

function digits(query: Query, name: string): string | null {
  const text = query[name]
  if (!text) return null
  if (!/^\d{1,20}$/.test(text)) throw new RestRefusal('51000', name)
  return text
}
