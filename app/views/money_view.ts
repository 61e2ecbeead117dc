import { ageText } from '#feed/age_text'
import { exactAmount, readableAmount } from '#feed/amount_text'
import { quoteSymbol } from '#facts/quote_assets'
import type { MarketReader } from '#http/money'
import { convert, type Currency } from '#market/convert'
import { amountView, type AmountView } from '#views/amount_view'

const SIGNS = { USD: '$', CNY: '¥' } as const

/**
 * An amount of quote wei in the reader's money; what it was on the chain stands beside it to the last
 * digit. Without a rate it stays what it was: a number that is made up is worse than one in another unit.
 */
export function moneyView(
  amount: unknown,
  quote: string | null,
  { money, locale }: Omit<MarketReader, 'now'>
): AmountView | null {
  if (amount === null || amount === undefined) return null

  const paid = amountView(amount, quoteSymbol(quote), locale)
  const converted = convert(BigInt(String(amount)), quote, money.currency, money)
  if (!paid || converted === null) return paid
  if (money.currency === 'BNB')
    return { ...paid, text: `${readableAmount(String(converted), locale)} BNB` }
  return { ...paid, text: inMoney(converted, money.currency, locale) }
}

/** A figure that is kept in BNB, in the reader's money. */
export function bnbView(bnb: number | null, reader: Omit<MarketReader, 'now'>): AmountView | null {
  if (bnb === null) return null
  return moneyView(BigInt(Math.round(bnb * 1e9)) * 10n ** 9n, NATIVE, reader)
}

/** What an amount in BNB is worth in money that its reader knows from every day; null: not known. */
export function everydayView(wei: bigint, { money, locale }: Omit<MarketReader, 'now'>) {
  const [usual, other] = locale === 'zh-CN' ? (['CNY', 'USD'] as const) : (['USD', 'CNY'] as const)
  const wanted = money.currency === 'BNB' ? usual : money.currency
  const currency = money.choices.includes(wanted) ? wanted : other
  const worth = convert(wei, NATIVE, currency, money)
  return worth === null ? null : `≈ ${inMoney(worth, currency, locale)}`
}

/** What one BNB costs, and how old that is. */
export function priceView({ money, locale, now }: MarketReader) {
  const { price, cnyPerUsd } = money
  return (
    price && {
      text: inMoney(BigInt(price.usd), 'USD', locale),
      readAt: price.readAt,
      age: ageText(now - price.readAt, locale),
      choices: money.choices,
      isOld: now - price.readAt > OLD_MS,
      pool: price.pool,
      block: price.block.toLocaleString(locale),
      cny: cnyPerUsd && exactAmount(String(cnyPerUsd)),
    }
  )
}

/** A price that was read before is worth a warning, in milliseconds. */
const OLD_MS = 10 * 60_000

const NATIVE = '0x0000000000000000000000000000000000000000'

function inMoney(amount: bigint, currency: Exclude<Currency, 'BNB'>, locale: string): string {
  return `${SIGNS[currency]}${readableAmount(String(amount), locale)}`
}
