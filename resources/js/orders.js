import { keepStream } from './kept_stream.js'

/** How long a toast stays, in milliseconds. */
const TOAST_MS = 12_000

/** Keeps the first page of a list, or one order, as it is now, and says what came of verifications. */
export function followOrders(section) {
  const { orders: address, liveFrom } = section.dataset
  const body = section.querySelector('[data-orders-body]')
  const toasts = section.querySelector('[data-toasts]')
  const lost = section.querySelector('[data-lost]')
  const url = new URL(address, location.href)
  if (liveFrom && liveFrom !== 'all') url.searchParams.set('status', liveFrom)

  // Older pages stand still; their reader is told of verifications all the same.
  const takers = { toast: (html) => show(toasts, html) }
  if (liveFrom) takers.orders = (html) => replace(body, html)
  keepStream(url, takers, (status) => (lost.hidden = status !== 'lost'))
}

/** A link that has the focus keeps it. */
function replace(body, html) {
  const { activeElement } = document
  const focused = body.contains(activeElement) ? activeElement.getAttribute('href') : null
  body.innerHTML = html
  if (focused) body.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus()
}

function show(toasts, html) {
  const toast = document.createElement('div')
  toast.innerHTML = html
  toasts.append(toast)
  setTimeout(() => toast.remove(), TOAST_MS)
}
