import { displayText } from '#feed/display_text'
import { explorerUrl } from '#feed/explorer'
import type { Launch } from '#feed/launch_cards'
import { quoteSymbol } from '#facts/quote_assets'
import type { FactRow } from '#facts/define_fact'
import activeSources from '#start/sources'
import { addressView, optionalAddressView, identicon } from '#views/address_view'
import { amountView, countView } from '#views/amount_view'
import { curveView } from '#views/curve_view'
import type { Locale } from '#http/language'
import type { MarketReader } from '#http/money'
import { latencyView, timeView } from '#views/time_view'

/** A launch as a row of the feed shows it. */
export function launchView({ launch, curve, tradeCount }: Launch, reader: MarketReader) {
  const { locale, now } = reader
  const token = addressView(String(launch.token_address))
  const quote = quoteSymbol((launch.quote_address ?? curve?.quote_address ?? null) as string | null)
  return {
    ...launchFacts(launch, locale, now),
    token,
    icon: identicon(token.lower),
    symbol: displayText(launch.symbol as string | null),
    name: displayText(launch.name as string | null),
    url: `/tokens/${token.full}`,
    explorer: explorerUrl(Number(launch.chain_id), 'token', token.full),
    quote,
    liquidity: amountView(launch.quote_amount, quote, locale),
    curve: curve && curveView(curve, reader),
    trades: countView(tradeCount, locale),
  }
}

/** What a launch event itself says, without its token. */
export function launchFacts(launch: FactRow, locale: Locale, now: number) {
  return {
    id: Number(launch.id),
    kind: String(launch.kind),
    source: sourceView(String(launch.source)),
    creator: optionalAddressView(launch.creator),
    time: timeView(launch.event_time, locale, now),
    latency: latencyView(launch),
    // What GMGN told is in no block.
    block:
      Number(launch.block_number) > 0 ? Number(launch.block_number).toLocaleString(locale) : null,
    tx: explorerUrl(Number(launch.chain_id), 'tx', String(launch.launch_tx)),
  }
}

function sourceView(name: string) {
  return { name, label: activeSources().find((source) => source.name === name)?.label ?? name }
}
