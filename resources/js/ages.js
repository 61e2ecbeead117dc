import { ageText } from '../../app/feed/age_text.ts'

/** Keeps every age on the page true, in the words the server rendered it with. */
export function tickAges() {
  const { lang } = document.documentElement

  setInterval(() => {
    const now = Date.now()
    for (const time of document.querySelectorAll('[data-age]')) {
      const text = ageText(now - Number(time.dataset.age), lang)
      if (time.textContent !== text) time.textContent = text
    }
  }, 1000)
}
