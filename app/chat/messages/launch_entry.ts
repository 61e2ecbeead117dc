import { Address } from 'ox'
import type { LaunchKind } from '#facts/launch'
import { sources } from '#sources/venues'
import { readableAmount } from '#feed/amount_text'
import { displayText } from '#feed/display_text'
import { describeLaunches, type Launch } from '#feed/launch_cards'
import { quoteSymbol } from '#feed/quote_assets'
import type { FactRow } from '#facts/define_fact'
import type { Reader } from '#chat/reader'

/** A launch as a message tells of it, in the words of its reader. Times are epoch milliseconds. */
export interface LaunchEntry {
  kind: LaunchKind
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

/** Launches as messages tell of them, with what is known of their tokens, in the order given. */
export async function readEntries(launches: FactRow[], reader: Reader): Promise<LaunchEntry[]> {
  const described = await describeLaunches(launches)
  return described.map((one) => entryOf(one, reader))
}

export function entryOf({ launch, curve }: Launch, { locale, t }: Reader): LaunchEntry {
  const symbol = displayText(launch.symbol as string | null)
  const name = displayText(launch.name as string | null)
  const quote = quoteSymbol((launch.quote_address ?? curve?.quote_address ?? null) as string | null)
  const amount = launch.quote_amount
  return {
    kind: launch.kind as LaunchKind,
    venue: venueLabel(String(launch.source)),
    symbol: symbol ?? name ?? t('nameless'),
    name: symbol !== null && name !== symbol ? name : null,
    address: Address.checksum(String(launch.token_address)),
    chainId: Number(launch.chain_id),
    liquidity:
      amount === null || quote === null
        ? null
        : `${readableAmount(String(amount), locale)} ${quote}`,
    happenedAt: Number(launch.event_time),
    isOnChain: Number(launch.block_number) > 0,
  }
}

/** The name that people know a venue by. */
export function venueLabel(source: string): string {
  return sources.find(({ name }) => name === source)?.label ?? source
}
