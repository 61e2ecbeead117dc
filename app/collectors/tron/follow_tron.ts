import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { TronReading } from '#sources/tron/records'
import type { StoredCounts, StoreReading } from '#collectors/chain_reader'
import { ChainFollower } from '#collectors/follow_chain'
import { TronReader, type TronReaderOptions } from '#collectors/tron/tron_reader'

export interface FollowTronOptions extends TronReaderOptions {
  /** Where the first run starts; undefined starts at the head. */
  fromBlock?: number
  store: StoreReading<TronReading>
}

/** The follower of a TRON network: what it reads is final, so that no reorg takes it back. */
export function followTron(options: FollowTronOptions): ChainFollower<TronReading> {
  const { chainId } = options.nodes.network
  return new ChainFollower({
    ...options,
    command: 'scan:tron',
    chainId,
    reader: new TronReader(options),
    store: async (trx, reading, now) => {
      const stored = await options.store(trx, reading, now)
      const last = reading.blocks.at(-1)
      if (last) await beginWatches(trx, chainId, last.number + 1)
      return stored
    },
    inWords,
    isRevertible: false,
  })
}

/**
 * Accounts that were added before anything was read are watched from the block on that comes after what
 * is read first: from there on their records are known to be all.
 */
async function beginWatches(trx: TransactionClientContract, chainId: number, from: number) {
  await trx
    .from('tron_accounts')
    .where('chain_id', chainId)
    .whereNull('watch_from')
    .update({ watch_from: from })
}

/** What was stored, for the log. */
export function inWords({ stake = 0, delegate = 0, quarantined = 0 }: StoredCounts): string {
  const unread = quarantined ? `, ${quarantined} transactions quarantined` : ''
  return `${stake} stakes and ${delegate} delegations stored${unread}`
}
