/** Rows kept on a page that stays open. */
const MAX_ROWS = 100

/** How long the list stays still after the pointer or the focus has left it, in milliseconds. */
const REST_MS = 500

/** A visitor who has scrolled further than this, in pixels, is reading. */
const READING_BELOW = 240

/**
 * New rows go to the top of the list, except while the visitor points at it, has the focus in it or
 * has scrolled down: then they wait behind a button that counts them.
 */
export function arrivalsOf(section) {
  const list = section.querySelector('[data-rows]')
  const counter = section.querySelector('[data-waiting]')
  const waiting = []
  let rest

  const isBusy = () => counter && (list.matches(':hover, :focus-within') || scrollY > READING_BELOW)

  function show() {
    list.setAttribute('aria-busy', 'true')
    for (const html of waiting.splice(0)) prepend(list, html)
    while (list.children.length > MAX_ROWS) list.lastElementChild.remove()
    list.setAttribute('aria-busy', 'false')
    section.querySelector('[data-empty]').hidden = list.children.length > 0
    count()
  }

  function count() {
    if (!counter) return
    counter.hidden = waiting.length === 0
    counter.textContent = counter.dataset.text.replace('#', waiting.length)
  }

  function flushSoon() {
    clearTimeout(rest)
    rest = setTimeout(() => isBusy() || show(), REST_MS)
  }

  for (const event of ['pointerleave', 'focusout']) list.addEventListener(event, flushSoon)
  addEventListener('scroll', flushSoon, { passive: true })
  counter?.addEventListener('click', () => {
    show()
    scrollTo({ top: 0 })
  })

  return {
    add(html) {
      waiting.push(html)
      if (isBusy()) count()
      else show()
    },
  }
}

/** What was sent again after a reconnect is on the page already. */
function prepend(list, html) {
  const template = document.createElement('template')
  template.innerHTML = html
  const row = template.content.firstElementChild
  const [name] = ['launch', 'trade'].filter((key) => key in row.dataset)
  if (list.querySelector(`[data-${name}="${row.dataset[name]}"]`)) return

  row.dataset.new = ''
  list.prepend(row)
}
