/** A part of a WHERE clause, with `?` for each binding. */
export interface Condition {
  sql: string
  bindings: readonly (string | number)[]
}

/** Rows that one index of a table finds. */
export interface Stream {
  /** The name of the index; null for the table itself, in the order of its ids. */
  index: string | null
  where: Condition
}

/** Streams that together hold every row that a search wants, and others. */
export interface Way {
  /**
   * `ids`: each stream comes in the order of the ids, so that a walk can stop and go on anywhere.
   * `none`: the streams have to be read to their end, and are of use only while they are short.
   */
  order: 'ids' | 'none'
  streams: readonly Stream[]
}

/** How many rows are looked at for one page. */
export interface Bounds {
  /** Of an index: each is a look into the table as well. */
  index: number
  /** Of the table, where they lie side by side. */
  table: number
}

/** Looking at so many takes about as long as all else that a page of a list needs. */
export const usualBounds: Bounds = { index: 600, table: 5000 }

export const wholeTable: Way = {
  order: 'ids',
  streams: [{ index: null, where: { sql: '1 = 1', bindings: [] } }],
}

/** A way through an index on one column and the id. */
export function byColumn(index: string, column: string, value: string | number): Way {
  return {
    order: 'ids',
    streams: [{ index, where: { sql: `${column} = ?`, bindings: [value] } }],
  }
}

/** A condition on one column. */
export function compare(column: string, operator: string, value: string | number): Condition {
  return { sql: `${column} ${operator} ?`, bindings: [value] }
}
