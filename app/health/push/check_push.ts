import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/write_transaction'
import { HEALTH_LEVELS, type HealthLevel } from '#models/push_health_check'
import { raiseAlert } from '#delivery/alerts'
import { forgetChecks, levelBefore, storeCheck } from '#health/push/check_record'
import type { PushHealthSettings } from '#health/push/push_health_settings'
import { lookAtPushing, type PushHealthReport } from '#health/push/report'

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
  const seen = await lookAtPushing(lookback, clock.now(), settings)

  return writeTransaction(async (trx) => {
    await excludeOtherChecks(trx)
    const before = await levelBefore(trx, lookback)
    const report = isWorse(seen.level, before) ? await alertOf(trx, seen) : seen
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
