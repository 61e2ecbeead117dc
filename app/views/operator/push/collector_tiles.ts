import type { PushHealthReport } from '#health/push/report'
import type { Reader } from '#views/operator/reader'
import { timeView } from '#views/time_view'

/** How far what is pushed is collected, and what of it was lost. */
export function collectorTiles({ collectors }: PushHealthReport, { locale, now }: Reader) {
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
