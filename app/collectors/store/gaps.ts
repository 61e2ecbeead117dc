import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { writeTransaction } from '#foundation/db/transaction'
import ScanGap from '#models/scan_gap'
import type { Clock } from '#foundation/clock'
import type { ChainReader, StoredCounts, StoreReading, UnreadRange } from '#collectors/chain_reader'
import { backoff } from '#foundation/backoff'

/** First wait before a gap is tried again; doubles with each try, up to a day. In milliseconds. */
const WAITS = { firstMs: 60_000, longestMs: 86_400_000 }

/**
 * Stores which blocks could not be read, in the transaction in which the cursor passes them. The same
 * blocks found again count once more. A gap that was closed is then open again, as a new one.
 */
export async function recordGaps(
  trx: TransactionClientContract,
  chainId: number,
  gaps: UnreadRange[],
  now: number
) {
  const ifClosed = (yes: string, column: string) =>
    trx.knexClient.raw(
      `case when scan_gaps.closed_at is null then scan_gaps.${column} else ${yes} end`
    )

  for (const { from, to, reason, detail } of gaps) {
    await trx.knexClient
      .table('scan_gaps')
      .insert({
        chain_id: chainId,
        from_block: from,
        to_block: to,
        reason,
        detail,
        next_try_at: now + WAITS.firstMs,
        created_at: now,
        closed_at: null,
      })
      .onConflict(['chain_id', 'from_block', 'to_block'])
      .merge({
        reason,
        detail,
        times_found: trx.knexClient.raw('scan_gaps.times_found + 1'),
        tries: ifClosed('0', 'tries'),
        next_try_at: ifClosed('excluded.next_try_at', 'next_try_at'),
        created_at: ifClosed('excluded.created_at', 'created_at'),
        closed_at: null,
      })
  }
}

/** Blocks that have come into doubt after they were read are gaps again. */
export function doubted(doubts: { from: number; to: number }[]): UnreadRange[] {
  return doubts.map((blocks) => ({ ...blocks, reason: 'unproven', detail: null }))
}

interface Closing<Reading> {
  chainId: number
  reader: Pick<ChainReader<Reading>, 'gap'>
  store: StoreReading<Reading>
  clock: Clock
  /** Tries the gaps of these blocks, due or not, and no others. */
  among?: { from: number; to: number }
  /** Is told what was stored of each gap. */
  onStored?: (stored: StoredCounts) => void
  /** Ends the work between two parts of a gap. */
  signal?: AbortSignal
}

/**
 * Tries every gap that is due once more. What can be read now is stored. What cannot, or is not
 * proven to be complete, stays a gap with one more try.
 *
 * @throws RpcFailure when no endpoint answers at all; the gap stays due
 */
export async function closeGaps<Reading>(closing: Closing<Reading>) {
  const { chainId, clock, among, signal } = closing
  const due = openOf(chainId, among)
  if (!among) due.where('nextTryAt', '<=', clock.now())

  for (const gap of await due) {
    let open: ScanGap | null = gap
    while (open && !signal?.aborted) open = await closePart(closing, open)
  }
}

/** Reads as much of a gap as the reader takes at once, and answers the gap that is left. */
async function closePart<Reading>(
  { chainId, reader, store, clock, onStored }: Closing<Reading>,
  gap: ScanGap
): Promise<ScanGap | null> {
  const { fromBlock, toBlock, reason, detail } = gap
  const { reading, gaps, to } = await reader.gap(fromBlock, toBlock)
  const isUnchanged = gaps.some((left) => left.from === fromBlock && left.to === toBlock)
  const rest = to < toBlock ? [{ from: to + 1, to: toBlock, reason, detail }] : []

  const stored = await writeTransaction(async (trx) => {
    const now = clock.now()
    const isOurs = await (isUnchanged ? putOff(trx, gap, now) : close(trx, gap, now))
    if (!isOurs) {
      return null
    }
    await recordGaps(trx, chainId, isUnchanged ? [] : [...gaps, ...rest], now)
    return store(trx, reading, now)
  })
  onStored?.(stored ?? {})
  return stored && rest.length > 0
    ? openOf(chainId)
        .where({ fromBlock: to + 1, toBlock })
        .first()
    : null
}

/** The gaps of a chain that are open, or those of them that hold some of these blocks. */
export async function openGaps(
  chainId: number,
  among?: { from: number; to: number }
): Promise<UnreadRange[]> {
  const gaps = await openOf(chainId, among)
  return gaps.map(({ fromBlock: from, toBlock: to, reason, detail }) => {
    return { from, to, reason, detail }
  })
}

function openOf(chainId: number, among?: { from: number; to: number }) {
  const gaps = ScanGap.query().where('chainId', chainId).whereNull('closedAt')
  if (among) gaps.where('fromBlock', '<=', among.to).where('toBlock', '>=', among.from)
  return gaps.orderBy('fromBlock')
}

/** How many blocks these are, each counted once. */
export function blocksOf(ranges: readonly { from: number; to: number }[]): number {
  let blocks = 0
  let through = -1
  for (const { from, to } of ranges.toSorted((one, other) => one.from - other.from)) {
    blocks += Math.max(0, to - Math.max(from - 1, through))
    through = Math.max(through, to)
  }
  return blocks
}

/** Both answer whether the gap was unchanged: else another process has tried it meanwhile. */

async function putOff(trx: TransactionClientContract, gap: ScanGap, now: number) {
  const tries = gap.tries + 1
  return changeGap(trx, gap, { tries, next_try_at: now + waitAfter(tries) })
}

async function close(trx: TransactionClientContract, gap: ScanGap, now: number) {
  return changeGap(trx, gap, { closed_at: now })
}

async function changeGap(trx: TransactionClientContract, { id, tries }: ScanGap, change: object) {
  const open = trx.from('scan_gaps').where({ id, tries }).whereNull('closed_at')
  return Number(await open.update(change)) === 1
}

/** The wait before the next try of a gap after so many tries, in milliseconds. */
function waitAfter(tries: number): number {
  return backoff(WAITS, tries)
}
