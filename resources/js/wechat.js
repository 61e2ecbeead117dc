import { keepStream } from './kept_stream.js'

/** Loads the page again when there is something else to say, and counts down to the next code. */
export function followBinding(section) {
  const query = new URLSearchParams({ key: section.dataset.wechat })
  const lost = section.querySelector('[data-lost]')
  keepStream(`/wechat/direct/live?${query}`, {}, (status) => (lost.hidden = status !== 'lost'))

  const left = section.querySelector('[data-seconds]')
  if (left) countDown(left)
}

function countDown(left) {
  const endsAt = performance.now() + Number(left.dataset.seconds) * 1000
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000))
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    if (seconds > 0) setTimeout(tick, 1000)
  }
  tick()
}
