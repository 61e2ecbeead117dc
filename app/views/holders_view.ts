import { readableAmount } from '#feed/amount_text'
import type { Holders } from '#feed/holders'
import type { TokenStory } from '#feed/token_story'
import type { Locale } from '#http/language'
import { supplyOf } from '#market/supply'
import { addressView } from '#views/address_view'

/** Who holds a token, by its trades; shares are of the supply, where that is known. */
export function holdersView(
  { count, largest, isPartial }: Holders,
  story: TokenStory,
  locale: Locale
) {
  const supply = supplyOf(String(story.launches[0]?.source))
  const creator = story.launches.find((launch) => launch.creator !== null)?.creator
  const share = (amount: bigint) => {
    const percent = supply && Number((amount * 10_000n) / (supply * 10n ** 18n)) / 100
    if (percent === undefined) return null
    return percent < 0.01 ? '< 0.01%' : `${percent.toLocaleString(locale)}%`
  }
  return {
    count: count.toLocaleString(locale),
    isPartial,
    top: share(largest.reduce((sum, { amount }) => sum + amount, 0n)),
    largest: largest.map(({ address, amount }) => ({
      address: addressView(address),
      isCreator: address === creator,
      amount: readableAmount(String(amount), locale),
      share: share(amount),
    })),
  }
}
