import accountsConfig from '#config/accounts'
import type { LaunchEntry } from '#chat/messages/launch_entry'
import { spanText } from '#chat/messages/time_to_graduate'
import type { Reader } from '#chat/reader'

/** How DexScreener calls the chains that it charts. */
const CHARTS: Record<number, string> = { 56: 'bsc' }

interface Sending {
  /** When the message goes out, in epoch milliseconds. */
  now: number
  hasLinks: boolean
  /** How long the token took to graduate, in milliseconds; null: not known, or it has not. */
  tookMs: number | null
  /** Stands below it; null: nothing. */
  footer: string | null
}

/**
 * One launch as a message of its own: the contract alone on its line, where a long press copies it,
 * and links behind it. Never a link that a token's author has set.
 */
export function singleText(
  entry: LaunchEntry,
  reader: Reader,
  { now, hasLinks, tookMs, footer }: Sending
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

/** From the chain to here, with the time between: a claim that can be checked. */
function timeLine({ happenedAt, isOnChain }: LaunchEntry, now: number, { t, clock }: Reader) {
  const seconds = (Math.max(0, now - happenedAt) / 1000).toFixed(1)
  const key = isOnChain ? 'time.chain' : 'time.told'
  return t(key, { at: clock(happenedAt), sent: clock(now), seconds })
}

function linksTo({ address, chainId }: LaunchEntry): string[] {
  const chart = CHARTS[chainId]
  const site = accountsConfig.appUrl
  return [
    ...(chart ? [`https://dexscreener.com/${chart}/${address}`] : []),
    ...(site ? [`${site}/tokens/${address}`] : []),
  ]
}
