import { keepStream } from './kept_stream.js'
import { payersOf } from './payers.js'

/**
 * Follows how far a payment is, and says when the connection is lost. What is to be paid is only
 * drawn anew when that has changed, so that a code about to be scanned stays where it is.
 */
export function followPayment(section) {
  const place = () => section.querySelector('[data-pay]')
  const offer = payersOf(JSON.parse(section.dataset.words), () => place().dataset)
  place()?.append(offer)

  function show(data) {
    const drawn = document.createElement('template')
    drawn.innerHTML = data
    if (!data) location.reload()
    else update(section, drawn.content)
    // The buttons stay the same: a wallet may be asking its owner at this moment.
    if (!offer.isConnected) place()?.append(offer)
  }

  const lost = section.querySelector('[data-lost]')
  keepStream('/renew/live', { pay: show }, (status) => (lost.hidden = status !== 'lost'))
}

function update(section, drawn) {
  const [status, request] = ['[data-status]', '[data-request]'].map((part) =>
    [section, drawn].map((place) => place.querySelector(part))
  )
  if (status[0].innerHTML !== status[1].innerHTML)
    status[0].replaceChildren(...status[1].childNodes)
  if (request[0].dataset.request !== request[1].dataset.request) request[0].replaceWith(request[1])
}
