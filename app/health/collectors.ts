import QuarantinedLog from '#models/quarantined_log'
import ScanCursor from '#models/scan_cursor'
import ScanGap from '#models/scan_gap'
import ScanHold, { type HoldKind } from '#models/scan_hold'
import SourcePoll from '#models/source_poll'
import db from '@adonisjs/lucid/services/db'
import { blocksOf } from '#collectors/store/gaps'
import { readAudits, type AuditState } from '#health/audits'
import { readOkx, type OkxState } from '#health/okx'
import { differingAccounts } from '#health/tron'

/** How far a chain is read. Times are epoch milliseconds. */
export interface ChainState {
  chain_id: number
  block_number: number
  head_block: number | null
  blocks_behind: number
  /**
   * How old the head was when it was read, by its own time, in milliseconds; below zero for a time to
   * come. Null where it is not told.
   */
  head_late_ms: number | null
  /** When it was last read. */
  read_at: number
  /** Blocks at the end of what was read in which no source had a log. */
  blocks_without_logs: number
}

/** A source that is polled, with how often something may have come and gone unseen. */
export interface PollState {
  name: string
  polled_at: number | null
  possible_losses: number
}

export interface Collectors {
  chains: ChainState[]
  polls: PollState[]
  gaps: { open: number; blocks: number; oldest_at: number | null }
  audits: AuditState[]
  /** Logs that could not be decoded. */
  quarantined_logs: number
  /** Accounts of TRON whose records do not add up to what they have. */
  differing_accounts: number
  okx: OkxState
  /** What would take back too many facts, and waits for an operator. */
  held: { id: number; kind: HoldKind; facts: number; from_block: number; to_block: number }[]
}

/** How those do that collect facts; backfills and audits have cursors, too, and are no part of it. */
export async function readCollectors(now: number): Promise<Collectors> {
  const [chains, polls, audits, gaps, [quarantined], held, differing, okx] = await Promise.all([
    readChains(),
    readPolls(),
    readAudits(now),
    ScanGap.query().whereNull('closed_at'),
    QuarantinedLog.query().count('* as logs').pojo<{ logs: number | string }>(),
    ScanHold.waiting(now),
    differingAccounts(),
    readOkx(now),
  ])
  return {
    chains,
    polls,
    audits,
    gaps: {
      open: gaps.length,
      blocks: gapBlocks(gaps),
      oldest_at: gaps.length > 0 ? Math.min(...gaps.map(({ createdAt }) => createdAt)) : null,
    },
    quarantined_logs: Number(quarantined!.logs),
    differing_accounts: differing,
    okx,
    held: held.map(({ id, kind, facts, fromBlock, toBlock }) => ({
      id: Number(id),
      kind,
      facts,
      from_block: fromBlock,
      to_block: toBlock,
    })),
  }
}

/** Of each chain for itself: gaps may overlap, and a block counts once. */
function gapBlocks(gaps: ScanGap[]): number {
  const chains = Map.groupBy(gaps, ({ chainId }) => chainId).values()
  return chains.reduce((sum, ofChain) => {
    const ranges = ofChain.map(({ fromBlock: from, toBlock: to }) => ({ from, to }))
    return sum + blocksOf(ranges)
  }, 0)
}

export async function readPolls(): Promise<PollState[]> {
  const polls = await SourcePoll.query().orderBy('name')
  return polls.map(({ name, polledAt, possibleLosses }) => ({
    name,
    polled_at: polledAt,
    possible_losses: possibleLosses,
  }))
}

export async function readChains(): Promise<ChainState[]> {
  const cursors = await ScanCursor.query().whereLike('name', 'chain:%').orderBy('chain_id')
  return Promise.all(cursors.map(chainState))
}

async function chainState(cursor: ScanCursor): Promise<ChainState> {
  const { chainId, fromBlock, blockNumber, headBlock, headLateMs, updatedAt } = cursor
  const lastLog = Math.max(await lastBlockWithLogs(chainId), fromBlock - 1)
  return {
    chain_id: chainId,
    block_number: blockNumber,
    head_block: headBlock,
    blocks_behind: Math.max(0, (headBlock ?? blockNumber) - blockNumber),
    head_late_ms: headLateMs,
    read_at: updatedAt,
    blocks_without_logs: Math.max(0, blockNumber - lastLog),
  }
}

/** The newest block of a chain of which a log of any source is stored; 0 before the first. */
async function lastBlockWithLogs(chainId: number): Promise<number> {
  const of = (table: string) => db.from(table).where('chain_id', chainId).select('block_number')
  const rows = await Promise.all([
    of('launch_events').orderBy('block_number', 'desc').first(),
    // Its index by block has the trades that stand.
    of('trades').whereNull('removed_at').orderBy('block_number', 'desc').first(),
    // Logs that could not be decoded have no index by block: the last one has to do.
    db.from('quarantined_logs').orderBy('id', 'desc').select('chain_id', 'block_number').first(),
  ])
  const blocks = rows
    .filter((row) => row && Number(row.chain_id ?? chainId) === chainId)
    .map((row) => Number(row.block_number))
  return Math.max(0, ...blocks)
}
