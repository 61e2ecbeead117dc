/** Writes what trades changed on a token wherever the page shows it. */
export function showState({ token, trades, percent, raised, price }) {
  for (const place of document.querySelectorAll(`[data-token="${token}"]`)) {
    const set = (name, text) => {
      const element = place.querySelector(`[data-${name}]`)
      if (element && text !== null) element.textContent = text
    }
    set('percent', percent && `${percent} %`)
    set('raised', raised)
    set('price', price)
    const bar = place.querySelector('progress')
    if (bar && percent) bar.value = Number(percent)
    countTrades(place.querySelector('[data-trades]'), trades)
  }
}

function countTrades(element, more) {
  if (!element) return

  const count = Number(element.dataset.trades) + more
  element.dataset.trades = count
  element.textContent = count.toLocaleString(document.documentElement.lang)
}
