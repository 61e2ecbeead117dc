/** Rows kept on a page that stays open, unless its reader has asked for more, and as many that wait. */
const MAX_ROWS = 100

/** How long the list stays still after the pointer or the focus has left it, in milliseconds. */
const REST_MS = 500

/** Rows that come within so long of each other are shown at once, in milliseconds: each showing moves all that is below. */
const TOGETHER_MS = 100

/** A visitor who has scrolled further than this, in pixels, is reading. */
const READING_BELOW = 240

/** Where a finger may be about to touch a row at any moment, none moves unless it is asked to. */
const BY_FINGER = '(pointer: coarse), (width < 56rem)'

/**
 * New rows go to the top of the list, except while the visitor points at it, has the focus in it, has
 * scrolled down, has paused it or reads by finger: then they wait behind a button that counts them.
 * Only the newest wait; older ones would be trimmed from the list anyway.
 */
export function arrivalsOf(section) {
  const list = section.querySelector('[data-rows]')
  const counter = section.querySelector('[data-waiting]')
  const pause = section.querySelector('[data-pause]')
  const byFinger = matchMedia(BY_FINGER)
  const waiting = document.createDocumentFragment()
  let count = 0
  let rest, soon

  const isPaused = () => pause?.getAttribute('aria-pressed') === 'true'
  const isBusy = () =>
    counter &&
    (isPaused() ||
      byFinger.matches ||
      list.matches(':hover, :focus-within') ||
      scrollY > READING_BELOW)

  function show() {
    list.setAttribute('aria-busy', 'true')
    list.prepend(waiting)
    const most = Math.max(MAX_ROWS, Number(section.dataset.loaded ?? 0))
    while (list.children.length > most) list.lastElementChild.remove()
    list.setAttribute('aria-busy', 'false')
    section.querySelector('[data-empty]').hidden = list.children.length > 0
    count = 0
    tell()
    section.dispatchEvent(new Event('rows'))
  }

  function tell() {
    if (!counter) return
    counter.hidden = count === 0
    counter.textContent = counter.dataset.text.replace('#', count.toLocaleString())
  }

  function flushSoon() {
    clearTimeout(rest)
    rest = setTimeout(() => count === 0 || isBusy() || show(), REST_MS)
  }

  for (const event of ['pointerleave', 'focusout']) list.addEventListener(event, flushSoon)
  addEventListener('scroll', flushSoon, { passive: true })
  counter?.addEventListener('click', () => {
    show()
    scrollTo({ top: 0 })
  })
  pause?.addEventListener('click', () => {
    pause.setAttribute('aria-pressed', String(!isPaused()))
    flushSoon()
  })

  return {
    /** Rows that wait; what changes on them meanwhile is written into them. */
    waiting,
    add(row) {
      row.dataset.new = ''
      waiting.prepend(row)
      count++
      if (waiting.children.length > MAX_ROWS) waiting.lastElementChild.remove()
      if (isBusy()) return tell()
      soon ??= setTimeout(() => {
        soon = undefined
        if (isBusy()) tell()
        else show()
      }, TOGETHER_MS)
    },
  }
}
