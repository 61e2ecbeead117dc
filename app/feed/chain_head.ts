import scannerConfig from '#config/scanner'
import ScanCursor from '#models/scan_cursor'

/** Between two blocks of BSC, in milliseconds (BEP-619, "Fermi"). */
const BLOCK_MS = 450

/** How far the chain of the feed has been read. */
export interface ChainHead {
  block: number
  /** How old what it shows may be, in milliseconds: blocks that are not read yet, or a scanner that stands still. */
  behindMs: number
}

/** Null while the chain has never been read. */
export async function readChainHead(now: number): Promise<ChainHead | null> {
  const cursor = await ScanCursor.query()
    .where('chain_id', scannerConfig.chainId)
    .whereLike('name', 'chain:%')
    .orderBy('updated_at', 'desc')
    .first()
  if (!cursor) return null

  const { blockNumber, headBlock, updatedAt } = cursor
  const unread = Math.max(0, (headBlock ?? blockNumber) - blockNumber)
  return { block: blockNumber, behindMs: Math.max(0, now - updatedAt, unread * BLOCK_MS) }
}
