/** Keys that lead from row to row, as a feed promises (https://www.w3.org/WAI/ARIA/apg/patterns/feed/). */
const STEPS = { PageDown: 1, j: 1, PageUp: -1, k: -1 }

/**
 * One row of the list is in the way of the Tab key, with what can be done on it; J, K and the page keys
 * lead to the others. So a list of a hundred rows is as far to tab through as one of one.
 */
export function roveRows(section) {
  const list = section.querySelector('[role=feed]')
  if (!list) return

  let current
  const rows = () => [...list.children]

  function choose(row) {
    if (current && current !== row) setReachable(current, false)
    if (row) setReachable(row, true)
    current = row
  }

  function number() {
    const total = rows().length
    for (const [at, row] of rows().entries()) {
      // What came since is out of the way; of the others only the one that is chosen changes.
      if (!row.hasAttribute('aria-posinset') && row !== current) setReachable(row, false)
      row.setAttribute('aria-posinset', at + 1)
      row.setAttribute('aria-setsize', total)
    }
    choose(list.contains(current) && current.contains(document.activeElement) ? current : rows()[0])
  }

  list.addEventListener('focusin', ({ target }) => {
    const row = rows().find((one) => one.contains(target))
    if (row && row !== current) choose(row)
  })
  document.addEventListener('keydown', (event) => {
    const step = STEPS[event.key]
    const isTyping = event.target.closest?.('input, select, textarea')
    if (!step || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
    const isInside = list.contains(document.activeElement)
    // Outside the list the page keys scroll, as everywhere.
    if (!isInside && event.key.length > 1) return
    const next = isInside ? rows()[rows().indexOf(current) + step] : current
    if (!next) return
    event.preventDefault()
    next.focus()
  })
  section.addEventListener('rows', number)
  number()
}

function setReachable(row, isReachable) {
  const tabIndex = isReachable ? 0 : -1
  for (const part of [row, ...row.querySelectorAll('a, button')]) part.tabIndex = tabIndex
}
