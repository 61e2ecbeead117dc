import { CandlestickSeries, HistogramSeries, createChart } from 'lightweight-charts'
import { readableAmount } from '../../app/feed/amount_text.ts'

/** The part of the height, from below, that the volume takes. */
const VOLUME = 0.25

/** A candle is no wider than this, in pixels, also where there are few. */
const WIDEST = 24

/**
 * Draws candles that can be moved, spread and read one by one in place of the still drawing, and goes on
 * with the trades that come.
 *
 * @param section with `data-candles`: start in seconds, open, high, low, close and volume of each
 */
export function drawChart(section) {
  const still = section.querySelector('.candles')
  const { lang } = document.documentElement
  const seconds = Number(section.dataset.seconds)
  const bars = JSON.parse(section.dataset.candles).map(
    ([time, open, high, low, close, volume]) => ({ time, open, high, low, close, volume })
  )

  const place = document.createElement('div')
  place.className = 'chart'
  still.before(place)
  const chart = createChart(place, {
    autoSize: true,
    layout: { background: { color: 'transparent' }, attributionLogo: false },
    grid: { vertLines: { visible: false } },
    timeScale: {
      ...{ timeVisible: seconds < 86_400, borderVisible: false },
      ...{ maxBarSpacing: WIDEST, rightOffset: 3 },
    },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.05, bottom: VOLUME } },
    localization: { locale: lang, priceFormatter: (price) => priceText(price, lang) },
  })
  const prices = chart.addSeries(CandlestickSeries, {
    borderVisible: false,
    priceFormat: { type: 'price', minMove: 1e-15, precision: 15 },
  })
  const volumes = chart.addSeries(HistogramSeries, {
    ...{ priceScaleId: '', lastValueVisible: false, priceLineVisible: false },
  })
  volumes.priceScale().applyOptions({ scaleMargins: { top: 1 - VOLUME + 0.05, bottom: 0 } })

  let colours
  const volumeOf = ({ time, open, close, volume }) => ({
    ...{ time, value: volume },
    color: faint(close >= open ? colours.up : colours.down),
  })

  /** In the colours of the theme, which may change while the page is open. */
  function paint() {
    const [up, down] = ['buy', 'sell'].map((side) => sideColour(section, side))
    colours = { up, down }
    chart.applyOptions({
      layout: { textColor: colourOf(section, 'color') },
      grid: { horzLines: { color: colourOf(section, 'borderTopColor') } },
    })
    prices.applyOptions({ upColor: up, downColor: down, wickUpColor: up, wickDownColor: down })
    volumes.setData(bars.map(volumeOf))
  }

  prices.setData(bars)
  paint()
  chart.timeScale().fitContent()
  still.setAttribute('hidden', '')
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint)

  document.addEventListener('trade', ({ detail: row }) => {
    const { barPrice: price, barVolume: volume, barQuote: quote, time: ms } = row.dataset
    const time = Math.floor(Number(ms) / 1000 / seconds) * seconds
    const last = bars.at(-1)
    // One in another asset, or from before the newest candle, changes nothing that is seen.
    if (!price || quote !== section.dataset.quote || time < last.time) return

    const now = Number(price)
    if (time > last.time) {
      bars.push({ time, open: last.close, high: now, low: now, close: now, volume: 0 })
    }
    const bar = bars.at(-1)
    bar.close = now
    bar.high = Math.max(bar.high, now)
    bar.low = Math.min(bar.low, now)
    bar.volume += Number(volume)
    prices.update(bar)
    volumes.update(volumeOf(bar))
  })
}

function priceText(price, lang) {
  return price > 0 ? readableAmount(BigInt(Math.round(price * 1e18)).toString(), lang) : '0'
}

function faint(colour) {
  return colour.replace(/[\d.]+\)$/, '0.4)')
}

/** In which the page writes one side of a trade. */
function sideColour(section, side) {
  const word = document.createElement('span')
  word.className = 'side'
  word.dataset.side = side
  section.append(word)
  const colour = colourOf(word, 'color')
  word.remove()
  return colour
}

/** A colour of the theme as the canvas takes it: whatever it is written in, as red, green and blue. */
function colourOf(element, property) {
  const pen = document.createElement('canvas').getContext('2d')
  pen.fillStyle = getComputedStyle(element)[property]
  pen.fillRect(0, 0, 1, 1)
  const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data
  return `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`
}
