import accountsConfig from '#config/accounts'
import type { LaunchKind } from '#facts/launch'
import type { Sending } from '#chat/kinds/chat_kind'
import { spanText } from '#chat/kinds/time_to_graduate'
import { timeLine } from '#chat/messages/time_line'
import type { Reader } from '#chat/reader'

/** How DexScreener calls the chains that it charts. */
const CHARTS: Record<number, string> = { 56: 'bsc' }

/** A launch as a message tells of it, in the words of its reader. Times are epoch milliseconds. */
export interface LaunchEntry {
  kind: LaunchKind
  source: string
  venue: string
  /** The symbol, cleaned: its author chose it freely. */
  symbol: string
  /** Cleaned; null where it says no more than the symbol. */
  name: string | null
  /** Checksummed, all 42 characters: people copy it from here. */
  address: string
  chainId: number
  liquidity: string | null
  happenedAt: number
  /** What GMGN told is in no block. */
  isOnChain: boolean
}

interface LaunchSending extends Sending {
  /** How long the token took to graduate, in milliseconds; null: not known, or it has not. */
  tookMs: number | null
}

/**
 * One launch as a message of its own: the contract alone on its line, where a long press copies it,
 * and links behind it. Never a link that a token's author has set.
 */
export function launchText(
  entry: LaunchEntry,
  reader: Reader,
  { now, hasLinks, tookMs, footer }: LaunchSending
): string {
  const { t } = reader
  const { kind, venue, symbol, name, address, liquidity } = entry
  const facts = [
    liquidity === null ? null : t('liquidity', { amount: liquidity }),
    tookMs === null ? null : t('took', { time: spanText(tookMs, reader) }),
  ].filter((part) => part !== null)
  const lines = [
    t(`single.${kind}`, { venue }),
    name === null ? symbol : `${symbol} (${name})`,
    address,
    facts.join(' · ') || null,
    timeLine(entry, now, reader),
    ...(hasLinks ? linksTo(entry) : []),
    footer,
  ]
  return lines.filter((line) => line !== null).join('\n')
}

function linksTo({ address, chainId }: LaunchEntry): string[] {
  const chart = CHARTS[chainId]
  const site = accountsConfig.appUrl
  return [
    ...(chart ? [`https://dexscreener.com/${chart}/${address}`] : []),
    ...(site ? [`${site}/tokens/${address}`] : []),
  ]
}
