import env from '#start/env'
import retentionConfig from '#config/retention'

/** How the chain is read. Blocks are counted in blocks, times in milliseconds. */
const scannerConfig = {
  chainId: env.get('CHAIN_ID'),
  endpoints: env.get('BSC_RPC_URL') ?? [],
  confirm: env.get('SCAN_CONFIRM'),
  /** Undefined: the first run starts at the newest block. */
  fromBlock: env.get('COLLECTOR_FROM_BLOCK'),
  /** Blocks per call while far behind, at most. */
  batchSize: env.get('COLLECTOR_BATCH_SIZE'),
  /** Undefined: the chain's own block time. */
  intervalMs: env.get('COLLECTOR_INTERVAL_MS'),
  /** Pools of graduated tokens whose swaps are read, at most. */
  followPools: env.get('SCAN_FOLLOW_POOLS'),
  /** The largest share of facts that a reorg or an audit may take back without an operator. */
  largestShare: env.get('SCAN_RETRACT_LIMIT') / 100,
  /** What is not named is kept for ever. */
  retention: retentionConfig.chainFacts,
}

export default scannerConfig

export type ScannerConfig = typeof scannerConfig
