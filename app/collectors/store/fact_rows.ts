import type { LaunchFact, PoolFact, SourcedFact, TradeFact, Undecodable } from '#sources/facts'

/** How facts lie in their tables. Amounts are decimal text, times epoch milliseconds. */

type Sourced<T> = Omit<SourcedFact, 'fact'> & { fact: T }

export function launchRow(
  { source, fact, log }: Sourced<LaunchFact>,
  chainId: number,
  now: number
) {
  return {
    ...position(source, log, chainId, now),
    kind: fact.kind,
    token_address: fact.token,
    name: fact.name,
    symbol: fact.symbol,
    creator: fact.creator,
    quote_address: fact.quote,
    quote_amount: fact.quoteAmount?.toString(),
    base_amount: fact.baseAmount?.toString(),
    pool_id: fact.poolId,
    metadata_uri: fact.metadataUri,
    launch_tx: log.transactionHash,
    raw: rawLog(log),
  }
}

export function poolRow({ source, fact, log }: Sourced<PoolFact>, chainId: number, now: number) {
  return {
    ...position(source, log, chainId, now),
    kind: fact.kind,
    pool_id: fact.poolId,
    creator: fact.creator,
    token_address: fact.token,
    quote_address: fact.quote,
    state_block: log.blockNumber,
    state_log_index: log.logIndex,
    tx_hash: log.transactionHash,
  }
}

export function tradeRow({ source, fact, log }: Sourced<TradeFact>, chainId: number, now: number) {
  return {
    ...position(source, log, chainId, now),
    pool_id: fact.poolId,
    trader: fact.trader,
    token_address: fact.token,
    side: fact.side,
    quote_address: fact.quote,
    quote_amount: fact.quoteAmount.toString(),
    base_amount: fact.baseAmount.toString(),
    fee: fact.fee?.toString(),
    price: fact.price?.toString(),
    tx_hash: log.transactionHash,
  }
}

export function quarantineRow({ source, log, reason }: Undecodable, chainId: number, now: number) {
  return {
    source,
    chain_id: chainId,
    address: log.address,
    tx_hash: log.transactionHash,
    log_index: log.logIndex,
    block_number: log.blockNumber,
    block_hash: log.blockHash,
    reason,
    raw: rawLog(log),
    created_at: now,
  }
}

function position(source: string, log: SourcedFact['log'], chainId: number, now: number) {
  return {
    source,
    chain_id: chainId,
    log_index: log.logIndex,
    block_number: log.blockNumber,
    block_hash: log.blockHash,
    event_time: log.blockTime,
    created_at: now,
  }
}

function rawLog({ address, topics, data }: SourcedFact['log']) {
  return JSON.stringify({ address, topics, data })
}
