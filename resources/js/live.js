import { arrivalsOf } from './arrivals.js'
import { keepStream } from './kept_stream.js'
import { showState } from './state.js'

/** Follows the page's own stream: new rows, and what trades changed on those that are there. */
export function follow(section) {
  const { add } = arrivalsOf(section)
  const takers = { launch: add, trade: add, state: (data) => JSON.parse(data).forEach(showState) }

  keepStream(section.dataset.live, takers, (status) => (section.dataset.status = status))
}
