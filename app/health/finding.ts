import type { TelegramTrouble } from '#models/telegram_bot'
import type { MarkReason } from '#foundation/rpc/endpoint_marks'
import type { HealthLevel } from '#models/push_health_check'
import type { PushHealthSettings } from '#health/settings'

export type Bad = Exclude<HealthLevel, 'ok'>

/** Of what collects facts, as opposed to what pushes them. */
const OF_COLLECTORS = [
  'chain_unread',
  'scanner_silent',
  'rpc_silent',
  'head_still',
  'head_untimely',
  'logs_missing',
  'scanner_behind',
  'gaps_open',
  'endpoint_marked',
  'poll_silent',
  'audit_unproven',
  'audit_stopped',
  'reading_unproven',
  'reorg_held',
  'tron_accounts_differ',
  'okx_silent',
  'okx_refused',
  'okx_incomplete',
  'okx_audit_silent',
] as const

export const FINDINGS = [
  'coverage_low',
  'planner_silent',
  'backlog_waiting',
  'pushes_slow',
  'endpoints_failing',
  'process_missing',
  'process_stuck',
  'wal_large',
  'disk_low',
  'backup_old',
  ...OF_COLLECTORS,
  'orders_unwatched',
  'verifications_waiting',
  'wechat_coverage_low',
  'wechat_poll_silent',
  'wechat_unreachable',
  'wechat_throttled',
  'wechat_refused',
  'wechat_unknown',
  'wechat_swallowed',
  'telegram_silent',
  'way_coverage_low',
] as const

type FindingName = (typeof FINDINGS)[number]

interface Numbers extends Record<FindingName, object> {
  coverage_low: { coverage: number; due: number; missing: number }
  planner_silent: { facts: number; silent_ms: number }
  backlog_waiting: { jobs: number; silent_ms: number }
  /** From planned to accepted, in milliseconds. */
  pushes_slow: { p95_ms: number }
  endpoints_failing: { endpoints: number; silent_ms: number }
  /** `silent_ms` is null where it never was, and nothing else runs either. */
  process_missing: { process: string; silent_ms: number | null }
  process_stuck: { process: string; works_on: string | null; silent_ms: number }
  wal_large: { mb: number }
  disk_low: { mb: number }
  backup_old: { silent_ms: number }
  chain_unread: { chain_id: number; silent_ms: number | null }
  scanner_silent: { chain_id: number; process: string; silent_ms: number }
  rpc_silent: { process: string; silent_ms: number }
  head_still: { chain_id: number; process: string; silent_ms: number }
  /** How far the head's own time is behind the clock; below zero, ahead of it. */
  head_untimely: { chain_id: number; late_ms: number }
  logs_missing: { chain_id: number; blocks: number }
  scanner_behind: { chain_id: number; blocks: number }
  gaps_open: { gaps: number; blocks: number }
  endpoint_marked: { process: string; endpoint: string; reason: MarkReason; detail: string }
  poll_silent: { source: string; silent_ms: number }
  audit_unproven: { chain_id: number; blocks: number }
  audit_stopped: { chain_id: number; facts: number }
  reading_unproven: { process: string; silent_ms: number }
  /** `hold` is its number in scan:holds. */
  reorg_held: { hold: string; facts: number; blocks: number }
  tron_accounts_differ: { accounts: number }
  okx_silent: { accounts: number; silent_ms: number }
  okx_refused: { accounts: number }
  okx_incomplete: { accounts: number }
  okx_audit_silent: { accounts: number; silent_ms: number }
  orders_unwatched: { orders: number; silent_ms: number }
  verifications_waiting: { jobs: number; silent_ms: number }
  wechat_coverage_low: { coverage: number; due: number; missing: number }
  wechat_poll_silent: { bindings: number; active: number }
  wechat_unreachable: { users: number; active: number }
  wechat_throttled: { bindings: number; open: number }
  wechat_refused: { bindings: number }
  wechat_unknown: { jobs: number; of: number }
  wechat_swallowed: { jobs: number; of: number }
  telegram_silent: { chats: number; trouble: TelegramTrouble }
  way_coverage_low: { way: string; coverage: number; due: number; missing: number }
}

/** Something that is not as it should be, with the figures that show it. Durations in milliseconds. */
export type HealthFinding = {
  [Name in FindingName]: { name: Name; level: Bad } & Numbers[Name]
}[FindingName]

export function isOfCollectors({ name }: HealthFinding): boolean {
  return (OF_COLLECTORS as readonly FindingName[]).includes(name)
}

export function worstFirst(findings: readonly HealthFinding[]): HealthFinding[] {
  return findings.toSorted(
    (one, other) => Number(other.level === 'critical') - Number(one.level === 'critical')
  )
}

export function worstOf(findings: readonly HealthFinding[]): HealthLevel {
  return findings.find(({ level }) => level === 'critical')?.level ?? findings[0]?.level ?? 'ok'
}

/** How bad it is that a process has been silent for so long (milliseconds); null while it is not. */
export function silenceLevel(silentMs: number, { silence }: PushHealthSettings): Bad | null {
  if (silentMs >= silence.criticalMs) {
    return 'critical'
  }
  return silentMs >= silence.degradedMs ? 'degraded' : null
}
