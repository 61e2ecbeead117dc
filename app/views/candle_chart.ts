import { FITTING, type Candle, type Candles } from '#feed/candles'
import { readableAmount } from '#feed/amount_text'
import type { Locale } from '#http/language'

/** The drawing's own units; it is stretched to the width of its panel. */
const WIDTH = 600
const HEIGHT = 200

/** The part of the height that prices take; the rest is of the volume. */
const PRICES = 150

/** A candle takes this share of its place. */
const BODY = 0.6

/** Candles as a drawing that needs no script. Where there is one, it draws them anew, to be moved and spread. */
export function candleChart({ candles: all, intervalMs, quote }: Candles, locale: Locale) {
  const candles = all.slice(-FITTING)
  const high = Math.max(...candles.map((candle) => candle.high))
  const low = Math.min(...candles.map((candle) => candle.low))
  const most = Math.max(...candles.map(({ volume }) => volume)) || 1
  const span = high - low || high || 1
  const first = candles[0]!.time
  const places = (candles.at(-1)!.time - first) / intervalMs + 1
  const place = WIDTH / Math.max(places, 12)
  const y = (price: number) => round(((high - price) / span) * (PRICES - 4) + 2)

  const bars = candles.map((candle) => {
    const x = ((candle.time - first) / intervalMs) * place
    const [top, bottom] = [
      y(Math.max(candle.open, candle.close)),
      y(Math.min(candle.open, candle.close)),
    ]
    const volume = (candle.volume / most) * (HEIGHT - PRICES - 4)
    return {
      isUp: candle.close >= candle.open,
      x: round(x + (place * (1 - BODY)) / 2),
      width: round(place * BODY),
      middle: round(x + place / 2),
      high: y(candle.high),
      low: y(candle.low),
      top,
      height: Math.max(round(bottom - top), 1),
      volumeTop: round(HEIGHT - volume),
      volumeHeight: round(volume),
    }
  })
  return {
    width: WIDTH,
    height: HEIGHT,
    bars,
    minutes: intervalMs / 60_000,
    quote: quote ?? '',
    /** The same for the script that draws them anew. */
    data: JSON.stringify(
      all.map(({ time, open, high: top, low: bottom, close, volume }) => {
        return [time / 1000, open, top, bottom, close, volume]
      })
    ),
    ...words(candles, quote, locale),
  }
}

/** The same for those who do not see it. */
function words(candles: readonly Candle[], quote: string | null, locale: Locale) {
  const unit = quote ? ` ${quote}` : ''
  const price = (value: number) => `${readableAmount(weiOf(value), locale)}${unit}`
  const [open, close] = [candles[0]!.open, candles.at(-1)!.close]
  const change = open > 0 ? (close / open - 1) * 100 : 0
  return {
    high: price(Math.max(...candles.map((candle) => candle.high))),
    low: price(Math.min(...candles.map((candle) => candle.low))),
    close: price(close),
    change: `${change >= 0 ? '+' : ''}${change.toLocaleString(locale, { maximumFractionDigits: 1 })}%`,
    isUp: change >= 0,
  }
}

function weiOf(value: number): string {
  return BigInt(Math.round(value * 1e18)).toString()
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
