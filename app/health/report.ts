import type { HealthLevel } from '#models/push_health_check'
import type { MarkReason } from '#foundation/rpc/endpoint_marks'
import { readFigures, type PushHealthFigures } from '#health/figures'
import { findingsOf } from '#health/findings'
import { worstOf, type HealthFinding } from '#health/finding'
import { type PushHealthSettings, windowBefore, type Window } from '#health/settings'
import { durationText, percentText } from '#foundation/text/figures'

/** How pushing does, as it was seen at one moment. Times are epoch milliseconds. */
export interface PushHealthReport extends PushHealthFigures {
  level: HealthLevel
  /** One sentence. */
  verdict: string
  findings: (HealthFinding & { message: string })[]
  checked_at: number
  window: Window
}

/** Looks at how pushing does, and stores nothing. Times in milliseconds. */
export async function readPushHealth(
  lookbackMs: number,
  now: number,
  settings: PushHealthSettings
): Promise<PushHealthReport> {
  const window = windowBefore(now, lookbackMs, settings.settleMs)
  const figures = await readFigures(window, now, settings.backups.folder)
  const findings = findingsOf(figures, settings, now)
  return {
    level: worstOf(findings),
    verdict: verdictText(findings, figures),
    findings: findings.map((finding) => ({ ...finding, message: findingText(finding) })),
    checked_at: now,
    window,
    ...figures,
  }
}

/** A finding in a few words, for the log, for alerts and for programs. Pages have words of their own. */
function findingText(finding: HealthFinding): string {
  switch (finding.name) {
    case 'coverage_low':
      return `${percentText(finding.coverage)} of ${finding.due} pushes arrived, ${finding.missing} are missing`
    case 'planner_silent':
      return `${finding.facts} facts wait to be planned, the oldest for ${durationText(finding.silent_ms)}: is send:webhooks at work?`
    case 'backlog_waiting':
      return `${finding.jobs} pushes wait to be tried, the oldest for ${durationText(finding.silent_ms)}`
    case 'pushes_slow':
      return `of a hundred pushes five take ${durationText(finding.p95_ms)} or longer to be accepted`
    case 'endpoints_failing':
      return `${finding.endpoints} endpoints of yours have accepted nothing, the first for ${durationText(finding.silent_ms)}: node ace webhook:list`
    case 'process_missing':
      return finding.silent_ms === null
        ? `${finding.process} has never been at work: start it`
        : `${finding.process} has not been at work for ${durationText(finding.silent_ms)}`
    case 'process_stuck':
      return `${finding.process} lives, but has not got ahead for ${durationText(finding.silent_ms)}${lastDone(finding.works_on)}: restart it, and look at its log`
    case 'wal_large':
      return `the WAL of the database has ${finding.mb} MB: some program reads without an end, such as an sqlite3 left open or a slow backup`
    case 'disk_low':
      return `${finding.mb} MB are free on the disk of the database: free some, or keep deliveries and trades for less long`
    case 'backup_old':
      return `the newest backup was made ${durationText(finding.silent_ms)} ago: node ace backup, or raise BACKUP_MAX_AGE`
    case 'chain_unread':
      return finding.silent_ms === null
        ? `no block of chain ${finding.chain_id} was ever read: start scan:chain`
        : `no block of chain ${finding.chain_id} was ever read, for ${durationText(finding.silent_ms)} now: is scan:chain at work?`
    case 'rpc_silent':
      return `no RPC endpoint has answered ${finding.process} for ${durationText(finding.silent_ms)}: is the network up, and are their URLs right?`
    case 'head_still':
      return `chain ${finding.chain_id} has had no new block for ${durationText(finding.silent_ms)}, though ${finding.process} is at work and RPC endpoints answer: have they fallen behind?`
    case 'head_untimely':
      return `the newest block that RPC endpoints show of chain ${finding.chain_id} is ${durationText(Math.abs(finding.late_ms))} ${finding.late_ms > 0 ? 'old' : 'ahead of the clock'}: name a second endpoint, and check this machine's clock`
    case 'logs_missing':
      return `the last ${finding.blocks} blocks of chain ${finding.chain_id} had no log of any source: do the RPC endpoints serve logs?`
    case 'scanner_silent':
      return `chain ${finding.chain_id} was last read ${durationText(finding.silent_ms)} ago: is ${finding.process} at work?`
    case 'scanner_behind':
      return `the scanner of chain ${finding.chain_id} is ${finding.blocks} blocks behind`
    case 'gaps_open':
      return `${finding.blocks} blocks in ${finding.gaps} gaps could not be read yet`
    case 'endpoint_marked':
      return `${finding.process}: ${finding.endpoint} ${MARKS[finding.reason]} (${finding.detail})`
    case 'poll_silent':
      return `${finding.source} has not been read for ${durationText(finding.silent_ms)}, though scan:${finding.source} is at work: is its key right?`
    case 'audit_unproven':
      return `${finding.blocks} blocks of chain ${finding.chain_id} could not be checked by an audit`
    case 'reading_unproven':
      return `nothing has stood behind what ${finding.process} reads for ${durationText(finding.silent_ms)}: name a second RPC endpoint, or one that serves eth_getBlockReceipts`
    case 'tron_accounts_differ':
      return `the records of ${finding.accounts} accounts of TRON do not add up to what they have: node ace tron:check`
    case 'okx_silent':
      return `${finding.accounts} accounts at OKX are not followed, the first for ${durationText(finding.silent_ms)}: is scan:okx at work?`
    case 'okx_refused':
      return `OKX refuses the keys of ${finding.accounts} accounts: node ace okx:account list`
    case 'okx_incomplete':
      return `something is missing of ${finding.accounts} accounts at OKX that OKX does not give: node ace okx:audit`
    case 'okx_audit_silent':
      return `${finding.accounts} accounts at OKX have not been audited, the first for ${durationText(finding.silent_ms)}`
    case 'orders_unwatched':
      return `${finding.orders} orders are past their time, the first for ${durationText(finding.silent_ms)}: is monitor:orders at work?`
    case 'verifications_waiting':
      return `${finding.jobs} verifications wait for their turn, the first for ${durationText(finding.silent_ms)}: is verify:orders at work?`
    case 'reorg_held':
      return `a reorg of ${finding.blocks} blocks would take back ${finding.facts} facts, which is too much to be true: check the RPC endpoints, then node ace scan:holds --accept=${finding.hold}`
    case 'audit_stopped':
      return `an audit of chain ${finding.chain_id} left ${finding.facts} facts as they are, because they were too many to be wrong: check the RPC endpoints, then accept it with scan:holds, or run scan:audit with a higher --limit`
    case 'wechat_coverage_low':
      return `${percentText(finding.coverage)} of ${finding.due} pushes over WeChat were told, ${finding.missing} are missing`
    case 'wechat_poll_silent':
      return `${finding.bindings} of ${finding.active} WeChat bindings could not be polled for 3 minutes, though send:wechat is at work: does WECHAT_ILINK_URL answer?`
    case 'wechat_unreachable':
      return `the WeChat bindings of ${finding.users} users have ended within a day, ${finding.active} are active: they have to scan again`
    case 'wechat_throttled':
      return `WeChat has refused messages to ${finding.bindings} of ${finding.open} open bindings within an hour: its rules may have changed`
    case 'wechat_refused':
      return `WeChat has refused every message to ${finding.bindings} open bindings for an hour and more`
    case 'wechat_unknown':
      return `${finding.jobs} of ${finding.of} pushes over WeChat were not answered, and may have arrived`
    case 'telegram_silent':
      return `the bot in Telegram cannot be polled (${finding.trouble}), and ${finding.chats} chats are told nothing new of what they ask: see the log of send:telegram`
    case 'way_coverage_low':
      return `${percentText(finding.coverage)} of ${finding.due} pushes over ${finding.way} were accepted, ${finding.missing} are missing`
    case 'wechat_swallowed':
      return `${finding.jobs} of ${finding.of} pushes over WeChat were taken without an id, and may not be shown`
  }
}

function lastDone(worksOn: string | null): string {
  return worksOn === null ? '' : ` (${worksOn} was the last)`
}

const MARKS: Record<MarkReason, string> = {
  hides_logs: 'leaves out logs',
  misnumbers_logs: 'numbers logs wrongly, so that they are read from receipts',
  invents_logs: 'shows logs that there are not',
  other_fork: 'follows another fork',
  foreign_chain: 'speaks for another chain',
  absurd_head: 'named a newest block that cannot be',
  stalled: 'stands still behind the others',
  malformed: 'answers what no node answers',
  forged_block: 'showed a block that was forged',
  unproven_headers: 'shows headers that do not make their hashes',
  contradicts_bytes: 'decodes other things than the bytes beside them hold',
  wrong_amounts: 'tells other amounts than the others',
  key_refused: 'refuses its key',
  no_finalized: 'does not say which block is final, so blocks are read far behind the newest',
  ranges_only: 'gives no logs of a block by its hash',
}

/** How all is, in one sentence. */
function verdictText(findings: readonly HealthFinding[], { coverage, wechat }: PushHealthFigures) {
  if (findings.length > 0) {
    return findings.map(findingText).join('; ')
  }
  const due = coverage.due + wechat.due
  const share = percentText((coverage.sent + wechat.told) / due)
  const all =
    due > 0 ? `${share} of ${due} pushes arrived` : 'No events were due, and nothing is wrong'
  return [all, ...waitingUsers(wechat)].join('; ')
}

/** Users whom only their own doing can help. */
function waitingUsers({ bindings: { unreachable }, held }: PushHealthFigures['wechat']): string[] {
  const own = held.filter(({ reason }) => ['first_message', 'window', 'quota'].includes(reason))
  const waiting = own.reduce((sum, { bindings }) => sum + bindings, 0)
  return [
    ...(waiting > 0 ? [`${waiting} users of WeChat have to write to get more`] : []),
    ...(unreachable > 0 ? [`${unreachable} have to scan again`] : []),
  ]
}
