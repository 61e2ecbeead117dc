import { writeTransaction } from '#foundation/db/transaction'
import type { StoredCounts } from '#collectors/chain_reader'
import { recordGaps } from '#collectors/store/gaps'
import type { FollowTronOptions } from '#collectors/tron/follow_tron'
import { TronReader } from '#collectors/tron/tron_reader'

/** A part of a backfill that was stored. */
export interface BackfilledPart {
  from: number
  to: number
  stored: StoredCounts
}

/**
 * Reads blocks beside whatever follows the head, and stores each part with its gaps. Reading what was
 * read before changes nothing, so that it may be cut short and begun anew anywhere.
 *
 * @throws RpcFailure when reading may work later; what was stored before stands
 */
export async function* backfillTron(
  options: FollowTronOptions,
  { from, to }: { from: number; to: number }
): AsyncGenerator<BackfilledPart> {
  const { clock, nodes, store } = options
  for await (const part of new TronReader(options).range(from, to)) {
    const stored = await writeTransaction(async (trx) => {
      await recordGaps(trx, nodes.network.chainId, part.gaps, clock.now())
      return store(trx, part.reading, clock.now())
    })
    yield { from: part.from, to: part.to, stored }
  }
}
