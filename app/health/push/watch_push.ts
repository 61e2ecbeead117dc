import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { checkPush } from '#health/push/check_push'
import type { PushHealthSettings } from '#health/push/push_health_settings'

interface Watching {
  settings: PushHealthSettings
  /** How much of the past each check looks at, and the time between two, in milliseconds. */
  lookbackMs: number
  everyMs: number
  clock: Clock
  logger: Logger
}

/**
 * Takes a check every so often until `signal` aborts, and tells when the level has changed. A
 * database that does not answer is told, and asked again.
 */
export async function watchPush(watching: Watching, signal: AbortSignal) {
  const { clock, logger, everyMs } = watching
  while (!signal.aborted) {
    try {
      const { report, hasChanged } = await checkPush(watching)
      if (hasChanged) {
        logger[report.level === 'ok' ? 'info' : 'warn'](
          `pushing is ${report.level}: ${report.verdict}`
        )
      }
    } catch (error) {
      logger.error(error, 'no check could be taken')
    }
    await clock.sleep(everyMs, signal)
  }
}
