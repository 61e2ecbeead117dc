/**
 * Writes what changed on a token wherever the page shows it. Trades carry their ids, and each place says
 * up to which one it has counted: one that is told of twice counts once.
 *
 * @param waiting rows that the page does not show yet
 */
export function showState({ token, trades, windows = {}, ...texts }, waiting) {
  const { percent, raised } = texts
  for (const place of placesOf(token, waiting)) {
    const curve = place.querySelector('[data-curve]') ?? place
    set(curve, 'percent', percent && `${percent}%`)
    for (const name of TEXTS) set(curve, name, texts[name])
    for (const [name, [volume, buys, sells]] of Object.entries(windows)) {
      const flow = place.querySelector(`[data-of="${name}"]`)
      set(flow, 'volume', volume)
      set(flow, 'buys', buys)
      set(flow, 'sells', sells)
    }
    const bar = curve.querySelector('progress')
    if (bar && percent) bar.value = Number(percent)
    if (percent || raised) place.querySelector('[data-unread]')?.remove()
    countTrades(place.querySelector('[data-trades]'), trades)
  }
}

/** What is shown as it is told, by the names of the places. */
const TEXTS = ['raised', 'target', 'price', 'cap', 'liquidity']

function set(place, name, text) {
  const element = place?.querySelector(`[data-${name}]`)
  if (!element || text === null || text === undefined || element.textContent === text) return
  element.textContent = text
}

function placesOf(token, waiting) {
  const places = `[data-token="${token}"]`
  return [...document.querySelectorAll(places), ...waiting.querySelectorAll(places)]
}

function countTrades(element, ids) {
  const news = element ? ids.filter((id) => id > Number(element.dataset.to)) : []
  if (news.length === 0) return

  const count = Number(element.dataset.trades) + news.length
  element.dataset.trades = count
  element.dataset.to = Math.max(...news)
  element.textContent = count.toLocaleString(document.documentElement.lang)
}
