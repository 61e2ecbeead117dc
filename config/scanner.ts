import env from '#start/env'

/** How the chain is read. Blocks are counted in blocks, times in milliseconds. */
const scannerConfig = {
  chainId: env.get('CHAIN_ID'),
  endpoints: env.get('BSC_RPC_URL') ?? [],
  confirm: env.get('SCAN_CONFIRM'),
  /** Undefined: the first run starts at the newest block. */
  fromBlock: env.get('COLLECTOR_FROM_BLOCK'),
  batchSize: env.get('COLLECTOR_BATCH_SIZE'),
  intervalMs: env.get('COLLECTOR_INTERVAL_MS'),
}

export default scannerConfig

export type ScannerConfig = typeof scannerConfig
