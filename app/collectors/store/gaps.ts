import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { backoff } from '#foundation/backoff'
import type { UnreadRange } from '#collectors/evm/read_range'

/** First wait before a gap is tried again; doubles with each try, up to a day. In milliseconds. */
const WAITS = { firstMs: 60_000, longestMs: 86_400_000 }

/** Writes down what could not be read, in the transaction in which the cursor passes it. */
export async function recordGaps(
  trx: TransactionClientContract,
  chainId: number,
  gaps: UnreadRange[],
  now: number
) {
  for (const { from, to, reason } of gaps) {
    await trx.knexClient
      .table('scan_gaps')
      .insert({
        chain_id: chainId,
        from_block: from,
        to_block: to,
        reason,
        next_try_at: now + WAITS.firstMs,
        created_at: now,
        closed_at: null,
      })
      .onConflict(['chain_id', 'from_block', 'to_block'])
      // One that was closed before is open again.
      .merge(['closed_at'])
  }
}

/** The wait before the next try of a gap that was tried so often, in milliseconds. */
export function waitAfter(tries: number): number {
  return backoff(WAITS, tries)
}
