import { announce } from './announce.js'
import { isWatched, nameOf, watched } from './rules.js'
import { serverNow } from './ages.js'

/** What came while a page was not connected is news for so long, in milliseconds. */
const NEWS_MS = 10 * 60_000

/**
 * Makes the links beside tokens and creators buttons that watch them, and announces new rows of what is
 * watched.
 *
 * @param form of the page, with what is watched and the token that requests need
 */
export function keepWatching(form) {
  const others = 'BroadcastChannel' in window ? new BroadcastChannel('regou-watching') : undefined
  const feed = document.querySelector('[data-feed]')

  function mark() {
    for (const button of document.querySelectorAll('[data-watch]')) {
      button.setAttribute('role', 'button')
      button.setAttribute('aria-pressed', String(watched.has(button.dataset.watch)))
    }
  }

  function note(address, isOn) {
    if (isOn) watched.add(address)
    else watched.delete(address)
    mark()
  }

  async function toggle(button) {
    const address = button.dataset.watch
    const isOn = !watched.has(address)
    const answer = await fetch(`/alerts/${isOn ? 'watch' : 'unwatch'}`, {
      method: 'POST',
      headers: { 'accept': 'application/json', 'x-csrf-token': form.elements._csrf.value },
      body: new URLSearchParams({ what: address }),
    })
    // The page behind the link does it without a script, and says why it may not be done.
    if (!answer.ok || answer.redirected) return location.assign(button.href)
    note(address, isOn)
    others?.postMessage({ address, isOn })
  }

  mark()
  feed?.addEventListener('rows', mark)
  if (others) others.onmessage = ({ data: { address, isOn } }) => note(address, isOn)

  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-watch]')
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    toggle(button).catch(() => location.assign(button.href))
  })
  document.addEventListener('keydown', (event) => {
    const button = event.target.closest?.('[data-watch]')
    if (!button || event.key !== ' ') return
    event.preventDefault()
    button.click()
  })
  document.addEventListener('launch', ({ detail: row }) => {
    const isNews = serverNow() - Number(row.querySelector('[data-age]').dataset.age) < NEWS_MS
    if (!isNews || !isWatched(row)) return
    announce({
      id: row.dataset.launch,
      title: nameOf(row),
      text: row.querySelector('[data-kind].chip').textContent.trim(),
      url: row.querySelector('h2 a').href,
    })
  })
}
