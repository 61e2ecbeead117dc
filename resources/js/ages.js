import { ageText } from '../../app/feed/age_text.ts'

/** How far the server's clock is ahead of the visitor's, in milliseconds. */
let ahead = 0

export function setServerTime(now) {
  ahead = now - Date.now()
}

export function serverNow() {
  return Date.now() + ahead
}

/** Keeps every age on the page true by the server's clock, in the words the server rendered it with. */
export function tickAges() {
  const { lang, dataset } = document.documentElement
  // A page that comes from the browser's history says when it was made, not what time it is.
  const [{ type } = {}] = performance.getEntriesByType('navigation')
  if (type !== 'back_forward') setServerTime(Number(dataset.now))

  setInterval(() => {
    const now = serverNow()
    for (const time of document.querySelectorAll('[data-age]')) {
      const text = ageText(now - Number(time.dataset.age), lang)
      if (time.textContent !== text) time.textContent = text
    }
    for (const until of document.querySelectorAll('[data-until]')) {
      until.textContent = clockText(Number(until.dataset.until) - now)
    }
  }, 1000)
}

/** What is left of a time, as a clock that counts down. */
function clockText(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
}
