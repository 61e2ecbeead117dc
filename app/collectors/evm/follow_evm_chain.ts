import type { Reading } from '#sources/read_logs'
import type { StoredCounts, StoreReading } from '#collectors/chain_reader'
import { EvmReader, type EvmOptions } from '#collectors/evm/evm_reader'
import { ChainFollower } from '#collectors/follow_chain'
import { storeReading } from '#collectors/store/fact_store'

export interface FollowEvmOptions extends EvmOptions {
  /** Where the first run starts; undefined starts at the head. */
  fromBlock?: number
}

/** The follower of an EVM chain. */
export function followEvmChain(options: FollowEvmOptions): ChainFollower<Reading> {
  return new ChainFollower({
    ...options,
    command: 'scan:chain',
    reader: new EvmReader(options),
    store: storeOf(options.chainId),
    inWords,
    isRevertible: options.confirm === 'latest',
  })
}

/** Stores what was read of this chain. */
export function storeOf(chainId: number): StoreReading<Reading> {
  return (trx, reading, now) => storeReading(trx, chainId, reading, now)
}

function inWords({ launches = 0, trades = 0, quarantined = 0 }: StoredCounts): string {
  const unread = quarantined ? `, ${quarantined} logs quarantined` : ''
  return `${launches} launches and ${trades} trades stored${unread}`
}
