import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { writeTransaction } from '#foundation/db/transaction'
import ScanGap from '#models/scan_gap'
import type { Clock } from '#foundation/clock'
import type { ChainReader, StoreReading, UnreadRange } from '#collectors/chain_reader'
import { backoff } from '#foundation/backoff'

/** First wait before a gap is tried again; doubles with each try, up to a day. In milliseconds. */
const WAITS = { firstMs: 60_000, longestMs: 86_400_000 }

/** Stores which blocks could not be read, in the transaction in which the cursor passes them. */
export async function recordGaps(
  trx: TransactionClientContract,
  chainId: number,
  gaps: UnreadRange[],
  now: number
) {
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
      // A gap that was closed before is open again.
      .merge(['closed_at'])
  }
}

interface Closing<Reading> {
  chainId: number
  reader: Pick<ChainReader<Reading>, 'gap'>
  store: StoreReading<Reading>
  clock: Clock
}

/**
 * Tries every gap that is due once more. What can be read now is stored. What cannot, or is not
 * proven to be complete, stays a gap with one more try.
 *
 * @throws RpcFailure when no endpoint answers at all; the gap stays due
 */
export async function closeGaps<Reading>({ chainId, reader, store, clock }: Closing<Reading>) {
  const due = await ScanGap.query()
    .where('chainId', chainId)
    .whereNull('closedAt')
    .where('nextTryAt', '<=', clock.now())
    .orderBy('fromBlock')

  for (const gap of due) {
    const { reading, gaps } = await reader.gap(gap.fromBlock, gap.toBlock)
    const isUnchanged = gaps.some(({ from, to }) => from === gap.fromBlock && to === gap.toBlock)

    await writeTransaction(async (trx) => {
      const now = clock.now()
      const isOurs = await (isUnchanged ? putOff(trx, gap, now) : close(trx, gap, now))
      if (isOurs) {
        await store(trx, reading, now)
        await recordGaps(trx, chainId, isUnchanged ? [] : gaps, now)
      }
    })
  }
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
