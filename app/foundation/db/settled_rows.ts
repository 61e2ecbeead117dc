interface Numbered {
  id?: unknown
  created_at?: unknown
}

/** How long a missing id may still belong to a transaction under way, in milliseconds. */
const PATIENCE_MS = 1000

/**
 * PostgreSQL hands out ids before it commits them, so a smaller id can become visible after a
 * larger one. Rows behind a fresh hole therefore wait: a reader that passed the hole would never
 * look back. A hole that stays (a duplicate burns an id) holds nothing up for longer.
 */
export function settledRows<Row extends Numbered>(rows: Row[], after: number, now: number): Row[] {
  let expected = after + 1

  const firstUnsettled = rows.findIndex((row) => {
    const followsHole = Number(row.id) !== expected
    expected = Number(row.id) + 1
    return followsHole && now - Number(row.created_at) < PATIENCE_MS
  })
  return firstUnsettled === -1 ? rows : rows.slice(0, firstUnsettled)
}
