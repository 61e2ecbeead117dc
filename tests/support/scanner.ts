import type { Logger } from '@adonisjs/core/logger'
import logger from '@adonisjs/core/services/logger'
import { systemClock, type Clock } from '#foundation/clock'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { EvmReader } from '#collectors/evm/evm_reader'
import { followEvmChain, storeOf, type FollowEvmOptions } from '#collectors/evm/follow_evm_chain'
import { closeGaps } from '#collectors/store/gaps'
import { sources } from '#sources/venues'

/** A scanner of chain 56 over these endpoints, from block 1 to the finalized block. */
export function scannerOf(urls: string[], options: Partial<FollowEvmOptions> = {}) {
  return followEvmChain({
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

/** Reads up to the head, and answers whether it got there. */
export async function readOnce(scanner: ReturnType<typeof scannerOf>): Promise<boolean> {
  try {
    await scanner.once()
    return true
  } catch (error) {
    if (error instanceof RpcFailure) {
      return false
    }
    throw error
  }
}

/** Tries again until everything is read. */
export async function readToTheEnd(scanner: ReturnType<typeof scannerOf>) {
  for (let tries = 0; tries < 500; tries++) {
    if (await readOnce(scanner)) {
      return
    }
  }
  throw new Error('the scanner did not get through in 500 tries')
}

/** Tries the gaps of chain 56 once more, through these endpoints. */
export function closeGapsThrough(endpoints: EndpointPool, clock: Clock, tellsTo: Logger = logger) {
  const chain = { chainId: 56, endpoints, sources, clock, logger: tellsTo }
  const reader = new EvmReader({ ...chain, confirm: 'finalized', batchSize: 50 })
  return closeGaps({ chainId: 56, reader, store: storeOf(56), clock })
}
