/**
 * Writes what changed on a token wherever the page shows it. Trades carry their ids, and each place says
 * up to which one it has counted: one that is told of twice counts once.
 *
 * @param waiting rows that the page does not show yet
 */
export function showState({ token, trades, percent, raised, target, price }, waiting) {
  for (const place of placesOf(token, waiting)) {
    const curve = place.querySelector('[data-curve]') ?? place
    const set = (name, text) => {
      const element = curve.querySelector(`[data-${name}]`)
      if (!element || text === null || element.textContent === text) return
      element.textContent = text
    }
    set('percent', percent && `${percent}%`)
    set('raised', raised)
    set('target', target)
    set('price', price)
    const bar = curve.querySelector('progress')
    if (bar && percent) bar.value = Number(percent)
    if (percent || raised) place.querySelector('[data-unread]')?.remove()
    countTrades(place.querySelector('[data-trades]'), trades)
  }
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
