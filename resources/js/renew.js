import { payOnClick } from './pay.js'

/**
 * Follows how far a payment is. What is to be paid is only drawn anew when that has changed, so that
 * nobody loses the code that he is about to scan.
 */
export function followPayment(section) {
  const stream = new EventSource('/renew/live')

  stream.addEventListener('pay', ({ data }) => {
    const drawn = document.createElement('template')
    drawn.innerHTML = data
    if (!data) location.reload()
    else update(section, drawn.content)
  })
  payOnClick(section)

  addEventListener('pagehide', () => stream.close())
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
}

function update(section, drawn) {
  for (const name of ['status', 'request']) {
    const [now, next] = [section, drawn].map((place) => place.querySelector(`[data-${name}]`))
    if (now.dataset[name] !== next.dataset[name]) {
      now.dataset[name] = next.dataset[name]
      now.innerHTML = next.innerHTML
    }
  }
}
