import { displayText } from '#feed/display_text'
import type { TokenStory } from '#feed/token_story'
import type { MarketReader } from '#http/money'
import type { TokenMarket } from '#market/token_market'
import activeSources from '#start/sources'
import { addressView } from '#views/address_view'
import type { CardText } from '#views/card/token_card'
import { marketView } from '#views/feed_row_view'

/** What the card of a token says, in the words of a language. Figures that are not known are left out. */
export function cardText(
  { token, launches, pools }: TokenStory,
  market: TokenMarket | null,
  reader: MarketReader,
  t: (key: string) => string
): CardText {
  const curve = pools.find(({ kind }) => kind === 'curve') ?? null
  const isGraduated = launches.some(({ kind }) => kind === 'graduated')
  const { price, cap, liquidity, windows } = marketView(market, curve, reader)
  const figures = [
    ['cap', cap],
    ['price', price],
    ['liquidity', liquidity],
    ['volume', windows.at(-1)?.volume],
  ] as const
  const known = (column: string) => {
    const launch = launches.find((row) => row[column] !== null)
    return displayText((launch?.[column] ?? null) as string | null)
  }
  return {
    symbol: known('symbol'),
    name: known('name'),
    address: addressView(token),
    stage: t(isGraduated ? 'feed.graduated' : 'feed.created'),
    isGraduated,
    venue: activeSources().find(({ name }) => name === launches[0]?.source)?.label ?? '',
    figures: figures.flatMap(([name, amount]): [string, string][] =>
      amount ? [[t(`token.card.${name}`), amount.text]] : []
    ),
    percent: isGraduated || !curve?.progress ? null : Number(curve.progress) / 1e16,
  }
}
