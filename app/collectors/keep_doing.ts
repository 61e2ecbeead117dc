import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

interface Chore {
  /** What it is, for the log. */
  name: string
  everyMs: number
  work: () => Promise<unknown>
  clock: Clock
  logger: Logger
}

/**
 * Does a chore beside the reading of the chain, again and again until the signal aborts. Endpoints
 * that fail put it off and nothing else.
 */
export async function keepDoing(
  { name, everyMs, work, clock, logger }: Chore,
  signal: AbortSignal
) {
  while (!signal.aborted) {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof RpcFailure)) {
        throw error
      }
      logger.debug(`${name} put off: ${error.message}`)
    }
    await clock.sleep(everyMs, signal)
  }
}
