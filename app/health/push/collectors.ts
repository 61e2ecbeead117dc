import QuarantinedLog from '#models/quarantined_log'
import ScanCursor from '#models/scan_cursor'
import ScanGap from '#models/scan_gap'
import SourcePoll from '#models/source_poll'

/** How far a chain is read. Times are epoch milliseconds. */
export interface ChainState {
  chain_id: number
  block_number: number
  head_block: number | null
  blocks_behind: number
  /** When it was last read. */
  read_at: number
}

export interface Collectors {
  chains: ChainState[]
  /** What is polled instead, with how often something may have come and gone unseen. */
  polls: { name: string; polled_at: number | null; possible_losses: number }[]
  gaps: { open: number; blocks: number; oldest_at: number | null }
  /** Logs that could not be decoded. */
  quarantined_logs: number
}

/** How those do that collect facts; backfills and audits have cursors, too, and are no part of it. */
export async function readCollectors(): Promise<Collectors> {
  const [cursors, polls, gaps, [quarantined]] = await Promise.all([
    ScanCursor.query().whereLike('name', 'chain:%').orderBy('chain_id'),
    SourcePoll.query().orderBy('name'),
    ScanGap.query().whereNull('closed_at'),
    QuarantinedLog.query().count('* as logs').pojo<{ logs: number | string }>(),
  ])
  return {
    chains: cursors.map(chainState),
    polls: polls.map(({ name, polledAt, possibleLosses }) => ({
      name,
      polled_at: polledAt,
      possible_losses: possibleLosses,
    })),
    gaps: {
      open: gaps.length,
      blocks: gaps.reduce((sum, { fromBlock, toBlock }) => sum + toBlock - fromBlock + 1, 0),
      oldest_at: gaps.length > 0 ? Math.min(...gaps.map(({ createdAt }) => createdAt)) : null,
    },
    quarantined_logs: Number(quarantined!.logs),
  }
}

function chainState({ chainId, blockNumber, headBlock, updatedAt }: ScanCursor): ChainState {
  return {
    chain_id: chainId,
    block_number: blockNumber,
    head_block: headBlock,
    blocks_behind: Math.max(0, (headBlock ?? blockNumber) - blockNumber),
    read_at: updatedAt,
  }
}
