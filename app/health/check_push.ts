import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { HEALTH_LEVELS, type HealthLevel } from '#models/push_health_check'
import { raiseAlert, resolveAlerts } from '#delivery/alerts'
import { forgetChecks, levelBefore, storeCheck } from '#health/checks'
import type { PushHealthSettings } from '#health/settings'
import { readPushHealth, type PushHealthReport } from '#health/report'
import type { Logger } from '@adonisjs/core/logger'
import { every } from '#foundation/every'

interface Checking {
  settings: PushHealthSettings
  clock: Clock
  /** How much of the past to look at, in milliseconds; as the settings say unless given. */
  lookbackMs?: number
}

export interface Checked {
  report: PushHealthReport
  /** Whether the level is not that of the check before. */
  hasChanged: boolean
}

/**
 * Takes one check: looks, stores what was found, and raises an alert when it is worse than at the
 * check before over as long a time. While a level lasts, and when it becomes better, there is none.
 */
export async function checkPush({ settings, clock, lookbackMs }: Checking): Promise<Checked> {
  const lookback = lookbackMs ?? settings.lookbackMs
  const seen = await readPushHealth(lookback, clock.now(), settings)

  return writeTransaction(async (trx) => {
    await excludeOtherChecks(trx)
    const before = await levelBefore(trx, lookback)
    const report = isWorse(seen.level, before) ? await alertOf(trx, seen) : seen
    await resolveAlerts(trx, report.level === 'ok', report.checked_at)
    await storeCheck(trx, report, lookback)
    await forgetChecks(trx, report.checked_at - settings.retentionMs)
    return { report, hasChanged: report.level !== before }
  })
}

function isWorse(level: HealthLevel, before: HealthLevel): boolean {
  return HEALTH_LEVELS.indexOf(level) > HEALTH_LEVELS.indexOf(before)
}

/** Raises an alert; the report then counts it among the open ones. */
async function alertOf(
  trx: TransactionClientContract,
  report: PushHealthReport
): Promise<PushHealthReport> {
  const { level, verdict, checked_at: now } = report
  if (level === 'ok') {
    return report
  }
  await raiseAlert(trx, { kind: `health.${level}`, since: now, message: verdict }, now)
  return { ...report, open_alerts: report.open_alerts + 1 }
}

/** Of two checks at once the later sees the level of the other. SQLite has one writer as it is. */
async function excludeOtherChecks(trx: TransactionClientContract) {
  if (trx.dialect.name === 'postgres') {
    await trx.rawQuery(`select pg_advisory_xact_lock(hashtext('push_health'))`)
  }
}

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
