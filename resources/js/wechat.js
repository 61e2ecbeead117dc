import { keepStream } from './kept_stream.js'

/** Loads the page again when there is something else to say, and counts down to the next code or the window's end. */
export function followBinding(section) {
  const query = new URLSearchParams({ key: section.dataset.wechat })
  const lost = section.querySelector('[data-lost]')
  keepStream(`/wechat/direct/live?${query}`, {}, (status) => (lost.hidden = status !== 'lost'))

  const left = section.querySelector('[data-seconds]')
  if (left) countDown(left)
}

function countDown(left) {
  const endsAt = performance.now() + Number(left.dataset.seconds) * 1000
  let isRunning = false
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000))
    left.textContent = timeText(seconds)
    if (seconds > 0) setTimeout(tick, 1000)
    else if (isRunning && 'reloads' in left.dataset) location.reload()
    isRunning = true
  }
  tick()
}

/** Minutes and seconds, after the hours where there are any. */
function timeText(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const parts = hours > 0 ? [hours, minutes, seconds % 60] : [minutes, seconds % 60]
  return parts.map((part, at) => (at === 0 ? part : String(part).padStart(2, '0'))).join(':')
}
