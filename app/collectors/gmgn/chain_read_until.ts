import ScanCursor from '#models/scan_cursor'

/** How long after an event a scanner at the head has surely stored it, in milliseconds. */
const MARGIN_MS = 10_000

/**
 * Until when (epoch milliseconds) everything that happened on the chain is stored. Infinite when no
 * scanner has ever worked on this database, and 0 while one is behind.
 */
export async function chainReadUntil(chainId: number): Promise<number> {
  const cursor = await ScanCursor.find(`chain:${chainId}`)
  if (!cursor) {
    return Infinity
  }
  return cursor.blockNumber === cursor.headBlock ? cursor.updatedAt - MARGIN_MS : 0
}
