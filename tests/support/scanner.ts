import logger from '@adonisjs/core/services/logger'
import { systemClock } from '#foundation/clock'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { Scanner, type ScannerOptions } from '#scanner/scanner'
import { sources } from '#sources/registry'

/** A scanner of chain 56 over these endpoints, from block 1 to the finalized block. */
export function scannerOf(urls: string[], options: Partial<ScannerOptions> = {}) {
  return new Scanner({
    chainId: 56,
    endpoints: new EndpointPool(urls, 56, systemClock),
    sources,
    confirm: 'finalized',
    fromBlock: 1,
    batchSize: 50,
    intervalMs: 5,
    clock: systemClock,
    logger,
    ...options,
  })
}
