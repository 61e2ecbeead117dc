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
  }, 1000)
}
