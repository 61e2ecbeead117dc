import db from '@adonisjs/lucid/services/db'
import * as Address from 'ox/Address'
import { shortAddress } from '#foundation/text/short_address'
import type { LaunchKind } from '#facts/launch'
import { sources } from '#sources/venues'
import { readableAmount } from '#feed/amount_text'
import { displayText } from '#feed/display_text'
import { describeLaunches, type Launch } from '#feed/launch_cards'
import { quoteSymbol } from '#facts/quote_assets'
import type { ChatEntry, Told } from '#chat/kinds/chat_kind'
import { launchLinks } from '#chat/kinds/launch_links'
import { launchText, type LaunchEntry } from '#chat/kinds/launch_text'
import { timeToGraduate } from '#chat/kinds/time_to_graduate'
import type { Reader } from '#chat/reader'

/** Launches as messages tell of them, with what is known of their tokens, in the order given. */
export async function readLaunchEntries(
  told: readonly Told[],
  reader: Reader
): Promise<ChatEntry[]> {
  const described = await describeLaunches(told.map(({ fact }) => fact))
  return described.map((one) => {
    const tookMs = () => timeToGraduate(db.connection(), one.launch)
    return launchEntry(launchOf(one, reader), reader, tookMs)
  })
}

/** @param tookMs answers how long the token took to graduate, in milliseconds; null: it has not, or it is not known */
export function launchEntry(
  launch: LaunchEntry,
  reader: Reader,
  tookMs: () => Promise<number | null>
): ChatEntry {
  const { kind, symbol, address, happenedAt } = launch
  const { t } = reader
  return {
    countedAs: kind,
    happenedAt,
    line: lineOf(launch, reader),
    removedLine: t('digest.removed', { kind: t(`kinds.${kind}`), what: symbol, address }),
    text: async (sending) => launchText(launch, reader, { ...sending, tookMs: await tookMs() }),
    links: launchLinks(launch),
  }
}

/** One line for a launch. */
export function lineOf({ kind, symbol, liquidity, address, venue }: LaunchEntry, { t }: Reader) {
  const parts = [symbol, liquidity, venue, shortAddress(address)].filter((part) => part !== null)
  return `${t(`marks.${kind}`)} ${parts.join(' · ')}`
}

export function launchOf({ launch, curve }: Launch, { locale, t }: Reader): LaunchEntry {
  const symbol = displayText(launch.symbol as string | null)
  const name = displayText(launch.name as string | null)
  const quote = quoteSymbol((launch.quote_address ?? curve?.quote_address ?? null) as string | null)
  const amount = launch.quote_amount
  return {
    kind: launch.kind as LaunchKind,
    source: String(launch.source),
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
