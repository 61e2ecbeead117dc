import type { HealthLevel } from '#models/push_health_check'
import type { PushHealthSettings } from '#health/push/push_health_settings'
import { silenceLevel } from '#health/push/silence'
import type { PushHealthFigures } from '#health/push/figures'
import { workTrouble } from '#health/push/work_trouble'

export type Bad = Exclude<HealthLevel, 'ok'>

export const FINDINGS = [
  'coverage_low',
  'planner_silent',
  'process_missing',
  'chain_unread',
  'scanner_silent',
  'rpc_silent',
  'head_still',
  'logs_missing',
  'scanner_behind',
  'gaps_open',
] as const

export type FindingName = (typeof FINDINGS)[number]

interface Numbers extends Record<FindingName, object> {
  coverage_low: { coverage: number; due: number; missing: number }
  planner_silent: { facts: number; silent_ms: number }
  /** `silent_ms` is null where it never was, and nothing else runs either. */
  process_missing: { process: string; silent_ms: number | null }
  chain_unread: { chain_id: number; silent_ms: number | null }
  scanner_silent: { chain_id: number; silent_ms: number }
  rpc_silent: { process: string; silent_ms: number }
  head_still: { chain_id: number; silent_ms: number }
  logs_missing: { chain_id: number; blocks: number }
  scanner_behind: { chain_id: number; blocks: number }
  gaps_open: { gaps: number; blocks: number }
}

/** Something that is not as it should be, with what it is reckoned from. Durations in milliseconds. */
export type Finding = {
  [Name in FindingName]: { name: Name; level: Bad } & Numbers[Name]
}[FindingName]

/** What collects facts, as opposed to what pushes them. */
const OF_COLLECTORS: readonly FindingName[] = [
  'chain_unread',
  'scanner_silent',
  'rpc_silent',
  'head_still',
  'logs_missing',
  'scanner_behind',
  'gaps_open',
]

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
    ...workTrouble(figures, settings, now),
    ...openGaps(figures, settings, now),
  ]
  return worstFirst(found)
}

export function worstFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
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
