import { durationText, optionalDuration, percentText } from '#foundation/text/figures'
import type { PushHealthReport } from '#health/report'
import type { Viewer } from '#http/viewer'
import { timeView } from '#views/time_view'

/** The figures that are looked at first, each with what explains it. */
export function pushTiles(report: PushHealthReport, { locale }: Viewer) {
  const { coverage, pace, outbox, backlog, checked_at: now } = report
  const number = (amount: number) => amount.toLocaleString(locale)
  const forHowLong = (time: number | null) => (time === null ? null : durationText(now - time))

  return {
    coverage: coverage.coverage === null ? null : percentText(coverage.coverage, locale),
    sent: { sent: number(coverage.sent), due: number(coverage.due) },
    perMinute: number(pace.per_minute),
    way: [pace.p50_ms, pace.p95_ms].map(optionalDuration),
    oldest: forHowLong(backlog.oldest_new_at),
    waiting: number(backlog.new + backlog.sending),
    retries: number(backlog.tried),
    replayed: number(backlog.replayed),
    unplanned: number(outbox.facts),
    unplannedFor: forHowLong(outbox.oldest_at),
  }
}

/** How far what is pushed is collected, and what of it was lost. */
export function collectorTiles({ collectors }: PushHealthReport, { locale, now }: Viewer) {
  const { chains, polls, gaps, quarantined_logs: quarantined } = collectors
  const number = (amount: number) => amount.toLocaleString(locale)
  return {
    chains: chains.map((chain) => ({
      id: String(chain.chain_id),
      block: number(chain.block_number),
      behind: chain.blocks_behind,
      read: timeView(chain.read_at, locale, now),
    })),
    polls: polls.map(({ name, polled_at: at, possible_losses: losses }) => ({
      name,
      polled: at === null ? null : timeView(at, locale, now),
      losses,
    })),
    gaps: number(gaps.open),
    gapBlocks: gaps.blocks,
    quarantined: number(quarantined),
  }
}
