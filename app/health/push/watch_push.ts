import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { every } from '#foundation/every'
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
  const check = async () => {
    const { report, hasChanged } = await checkPush(watching)
    if (hasChanged) {
      logger[report.level === 'ok' ? 'info' : 'warn'](
        `pushing is ${report.level}: ${report.verdict}`
      )
    }
  }
  const onError = (error: Error) => logger.error(error, 'no check could be taken')
  await every(everyMs, check, { clock, signal, onError })
}
