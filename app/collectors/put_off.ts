import type { Logger } from '@adonisjs/core/logger'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/**
 * For work beside the reading of a chain: endpoints that fail put it off until the next time, and
 * nothing else.
 */
export function putOff(work: string, logger: Logger) {
  return (error: Error) => {
    if (!(error instanceof RpcFailure)) {
      throw error
    }
    logger.debug(`${work} put off: ${error.message}`)
  }
}
