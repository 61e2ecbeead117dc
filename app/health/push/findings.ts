import type { HealthLevel } from '#models/push_health_check'
import type { PushHealthSettings } from '#health/push/push_health_settings'
import type { PushHealthFigures } from '#health/push/figures'

type Bad = Exclude<HealthLevel, 'ok'>

export const FINDINGS = [
  'coverage_low',
  'planner_silent',
  'scanner_silent',
  'scanner_behind',
  'gaps_open',
] as const

export type FindingName = (typeof FINDINGS)[number]

interface Numbers extends Record<FindingName, object> {
  coverage_low: { coverage: number; due: number; missing: number }
  planner_silent: { facts: number; silent_ms: number }
  scanner_silent: { chain_id: number; silent_ms: number }
  scanner_behind: { chain_id: number; blocks: number }
  gaps_open: { gaps: number; blocks: number }
}

/** Something that is not as it should be, with what it is reckoned from. Durations in milliseconds. */
export type Finding = {
  [Name in FindingName]: { name: Name; level: Bad } & Numbers[Name]
}[FindingName]

/** What collects facts, as opposed to what pushes them. */
const OF_COLLECTORS: readonly FindingName[] = ['scanner_silent', 'scanner_behind', 'gaps_open']

export function isOfCollectors({ name }: Finding): boolean {
  return OF_COLLECTORS.includes(name)
}

/** What is wrong at `now` (epoch milliseconds), the worst first. */
export function findingsOf(
  figures: PushHealthFigures,
  settings: PushHealthSettings,
  now: number
): Finding[] {
  const found = [
    ...lowCoverage(figures, settings),
    ...silentPlanner(figures, settings, now),
    ...scannerTrouble(figures, settings, now),
    ...openGaps(figures, settings, now),
  ]
  return found.sort(
    (one, other) => Number(other.level === 'critical') - Number(one.level === 'critical')
  )
}

export function worstOf(findings: readonly Finding[]): HealthLevel {
  return findings.find(({ level }) => level === 'critical')?.level ?? findings[0]?.level ?? 'ok'
}

function lowCoverage(
  { coverage: { coverage, due, sent } }: PushHealthFigures,
  { coverage: { degradedBelow, criticalBelow } }: PushHealthSettings
): Finding[] {
  if (coverage === null || coverage >= degradedBelow) {
    return []
  }
  const level = coverage < criticalBelow ? 'critical' : 'degraded'
  return [{ name: 'coverage_low', level, coverage, due, missing: due - sent }]
}

/** Where there is nobody to push to, nothing is missed. */
function silentPlanner(
  { outbox, endpoints }: PushHealthFigures,
  settings: PushHealthSettings,
  now: number
): Finding[] {
  if (outbox.oldest_at === null || endpoints.active === 0 || !settings.isPushing) {
    return []
  }
  const silentMs = now - outbox.oldest_at
  const level = silenceLevel(silentMs, settings)
  return level ? [{ name: 'planner_silent', level, facts: outbox.facts, silent_ms: silentMs }] : []
}

function scannerTrouble(
  { collectors }: PushHealthFigures,
  settings: PushHealthSettings,
  now: number
): Finding[] {
  return collectors.chains.flatMap(
    ({ chain_id, read_at: readAt, blocks_behind: blocks }): Finding[] => {
      const silentMs = now - readAt
      const level = silenceLevel(silentMs, settings)
      if (level) {
        return [{ name: 'scanner_silent', level, chain_id, silent_ms: silentMs }]
      }
      const isBehind = blocks >= settings.behindBlocks
      return isBehind ? [{ name: 'scanner_behind', level: 'degraded', chain_id, blocks }] : []
    }
  )
}

function openGaps(
  { collectors: { gaps } }: PushHealthFigures,
  { gapMs }: PushHealthSettings,
  now: number
): Finding[] {
  const isLasting = gaps.oldest_at !== null && now - gaps.oldest_at >= gapMs
  return isLasting
    ? [{ name: 'gaps_open', level: 'degraded', gaps: gaps.open, blocks: gaps.blocks }]
    : []
}

function silenceLevel(silentMs: number, { silence }: PushHealthSettings): Bad | null {
  if (silentMs >= silence.criticalMs) {
    return 'critical'
  }
  return silentMs >= silence.degradedMs ? 'degraded' : null
}
