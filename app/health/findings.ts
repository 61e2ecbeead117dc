import { diskTrouble } from '#health/disk_trouble'
import { missingEvidence } from '#health/evidence'
import { type HealthFinding, silenceLevel, worstFirst } from '#health/finding'
import type { PushHealthFigures } from '#health/figures'
import type { PushHealthSettings } from '#health/settings'
import { pushTrouble } from '#health/push_trouble'
import { okxTrouble } from '#health/okx_trouble'
import { telegramTrouble } from '#health/telegram_trouble'
import { wechatTrouble } from '#health/wechat_trouble'
import { isPlanned, workTrouble } from '#health/work_trouble'

/** What is wrong at `now` (epoch milliseconds), the worst first. */
export function findingsOf(
  figures: PushHealthFigures,
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  const found = [
    ...lowCoverage(figures, settings),
    ...silentPlanner(figures, settings, now),
    ...pushTrouble(figures, settings, now),
    ...workTrouble(figures, settings, now),
    ...diskTrouble(figures),
    ...oldBackup(figures, settings, now),
    ...openGaps(figures, settings, now),
    ...unprovenAudits(figures),
    ...differingAccounts(figures),
    ...missingEvidence(figures, settings, now),
    ...okxTrouble(figures, settings, now),
    ...wechatTrouble(figures, settings, now),
    ...telegramTrouble(figures, settings, now),
  ]
  return worstFirst(found)
}

function lowCoverage(
  { coverage: { coverage, due, sent } }: PushHealthFigures,
  { coverage: { degradedBelow, criticalBelow } }: PushHealthSettings
): HealthFinding[] {
  if (coverage === null || coverage >= degradedBelow) {
    return []
  }
  const level = coverage < criticalBelow ? 'critical' : 'degraded'
  return [{ name: 'coverage_low', level, coverage, due, missing: due - sent }]
}

/** Where nothing gets events, nothing is missed. */
function silentPlanner(
  figures: PushHealthFigures,
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  const { outbox } = figures
  if (outbox.oldest_at === null || !isPlanned(figures, settings)) {
    return []
  }
  const silentMs = now - outbox.oldest_at
  const level = silenceLevel(silentMs, settings)
  return level ? [{ name: 'planner_silent', level, facts: outbox.facts, silent_ms: silentMs }] : []
}

/** Where there has never been a backup, none is expected. */
function oldBackup(
  { backup }: PushHealthFigures,
  { backups: { oldestMs } }: PushHealthSettings,
  now: number
): HealthFinding[] {
  const ageMs = backup ? now - backup.made_at : 0
  return ageMs > oldestMs ? [{ name: 'backup_old', level: 'degraded', silent_ms: ageMs }] : []
}

/** An audit that stopped waits for the operator; blocks that it could not check are tried again. */
function unprovenAudits({ collectors: { audits } }: PushHealthFigures): HealthFinding[] {
  return audits.map((audit): HealthFinding => {
    const { chain_id: chainId, unchecked_blocks: blocks, unrepaired_facts: facts } = audit
    return facts > 0
      ? { name: 'audit_stopped', level: 'critical', chain_id: chainId, facts }
      : { name: 'audit_unproven', level: 'degraded', chain_id: chainId, blocks }
  })
}

/** Records are missing, or an endpoint lied: the blocks between two checks have to be read again. */
function differingAccounts({ collectors }: PushHealthFigures): HealthFinding[] {
  const { differing_accounts: accounts } = collectors
  return accounts > 0 ? [{ name: 'tron_accounts_differ', level: 'degraded', accounts }] : []
}

function openGaps(
  { collectors: { gaps } }: PushHealthFigures,
  { gapMs }: PushHealthSettings,
  now: number
): HealthFinding[] {
  const isLasting = gaps.oldest_at !== null && now - gaps.oldest_at >= gapMs
  return isLasting
    ? [{ name: 'gaps_open', level: 'degraded', gaps: gaps.open, blocks: gaps.blocks }]
    : []
}
