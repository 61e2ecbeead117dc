import { arrivalsOf } from './arrivals.js'
import { showState } from './state.js'

/** Follows the page's own stream: new rows, and what trades changed on those that are there. */
export function follow(section) {
  const arrivals = arrivalsOf(section)
  const stream = new EventSource(section.dataset.live)

  stream.onopen = () => (section.dataset.status = 'live')
  stream.onerror = () => (section.dataset.status = 'lost')
  stream.addEventListener('launch', ({ data }) => arrivals.add(data))
  stream.addEventListener('trade', ({ data }) => arrivals.add(data))
  stream.addEventListener('state', ({ data }) => JSON.parse(data).forEach(showState))
  stream.addEventListener('reload', () => location.reload())

  // A connection left open would keep the page out of the browser's back cache.
  addEventListener('pagehide', () => stream.close())
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
}
