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
  return new ChainFollower({
    ...options,
    command: 'scan:tron',
    chainId: options.nodes.network.chainId,
    reader: new TronReader(options),
    inWords,
    isRevertible: false,
  })
}

/** What was stored, for the log. */
export function inWords({ stake = 0, delegate = 0, quarantined = 0 }: StoredCounts): string {
  const unread = quarantined ? `, ${quarantined} transactions quarantined` : ''
  return `${stake} stakes and ${delegate} delegations stored${unread}`
}
